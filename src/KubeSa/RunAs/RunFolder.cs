using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.RunAs;

/// <summary>
/// The private folder of one block: kubeconfig, token and what kubectl caches. A lock tells the next block whether the process
/// that made it is still there; what one that was killed has left is found by it.
/// </summary>
internal sealed class RunFolder
{
    private const string Prefix = "kubesa-run-";
    private const string LockName = "lock";
    private const string SecretName = "secret.json";

    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(7);

    private readonly string _path;
    private readonly FileStream _lock;

    private RunFolder(string path, FileStream held)
    {
        _path = path;
        _lock = held;
    }

    internal string KubeConfig => Path.Combine(_path, "config");

    internal string TokenFile => Path.Combine(_path, "token");

    internal string Cache => Path.Combine(_path, "cache");

    /// <summary>Makes a folder that its owner alone may look into.</summary>
    internal static RunFolder Create()
    {
        try
        {
            // 0700 on Unix; on Windows the folder of temporary files is its owner's.
            var folder = Directory.CreateTempSubdirectory(Prefix);
            return new RunFolder(folder.FullName, Hold(folder.FullName, FileMode.CreateNew));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KubeApiException(
                FailureKind.FileNotFound,
                $"The folder for temporary files '{Path.GetTempPath()}' cannot be written, and the kubeconfig for the block has to be there: {failure.Message} Set TMPDIR (on Windows TEMP) to a folder that can be written.",
                Path.GetTempPath());
        }
    }

    /// <summary>Writes down which Secret is to be deleted, for the next block in case that this process is killed.</summary>
    internal void Remember(string server, SecretDocument secret) => PrivateFile.Write(
        Path.Combine(_path, SecretName),
        JsonSerializer.Serialize(new LeftSecret(server, secret.Namespace!, secret.Name!, secret.Uid!)),
        replace: true);

    /// <summary>Lets the lock go, as the system does for a process that ends.</summary>
    internal void LetGo() => _lock.Dispose();

    /// <summary>Removes the folder with all that is in it.</summary>
    internal void Delete()
    {
        LetGo();
        Delete(_path);
    }

    /// <summary>
    /// Removes the folders that processes left which were killed, and hands out the Secrets that they would have deleted. A folder
    /// whose Secret is at another server is left for a block at that one for some days, without its credentials.
    /// </summary>
    internal static IEnumerable<LeftSecret> TakeLeft(string server)
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            LeftSecret? left = null;
            try
            {
                if (!IsOurs(folder))
                {
                    continue;
                }

                using var held = Hold(folder, FileMode.Open);
                File.Delete(Path.Combine(folder, "config"));
                File.Delete(Path.Combine(folder, "token"));
                left = Read(Path.Combine(folder, SecretName));
                if (left is not null && left.Server != server && DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) < LongestKept)
                {
                    continue;
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Its process is at work, or it is somebody else's.
                continue;
            }

            Delete(folder);
            if (left?.Server == server)
            {
                yield return left;
            }
        }
    }

    // Whoever may write into the folder of temporary files may put something there that looks like ours.
    private static bool IsOurs(string folder) => OperatingSystem.IsWindows()
        || File.GetUnixFileMode(folder) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private static FileStream Hold(string folder, FileMode mode) => new(Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);

    private static LeftSecret? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<LeftSecret>(File.ReadAllText(path)) : null;
        }
        catch (JsonException)
        {
            // Killed in the middle of it.
            return null;
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody was faster.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Without the credentials what is left tells nothing; a program of the block may still write to its cache.
            File.Delete(Path.Combine(folder, "config"));
            File.Delete(Path.Combine(folder, "token"));
        }
    }
}
