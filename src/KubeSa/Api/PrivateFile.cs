using System.Text;

namespace KubeSa.Api;

/// <summary>Writes files that hold credentials: for their owner alone from the first byte, and whole or not at all.</summary>
internal static class PrivateFile
{
    // Short whatever the file is called, whose own name may be as long as a name can be.
    private const string Prefix = ".kubesa-";
    private const string Suffix = ".tmp";

    internal static void Write(string path, string text, bool replace) => Write(path, Encoding.UTF8.GetBytes(text), replace);

    internal static void Write(string path, byte[] content, bool replace)
    {
        try
        {
            RequireAbsent(path, replace);
            if (Path.Exists(path))
            {
                Replace(path, content);
            }
            else
            {
                Create(path, content).Dispose();
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new KubeApiException(FailureKind.FileNotFound, $"'{path}' cannot be written: {failure.Message}", path);
        }
    }

    /// <summary>
    /// Makes a file that is not there yet under its own name and fills it by a single write, so that whoever is killed in
    /// between leaves an empty file where the user asked for one, and a token nowhere else.
    /// </summary>
    private static FileStream Create(string path, byte[] content)
    {
        var file = new FileStream(path, New());
        try
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
            return file;
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>
    /// Puts a whole new file in the place of another. It is made beside it and locked until it is in its place: what is left
    /// behind by a process that was killed is not locked any more, and the next one removes it.
    /// </summary>
    private static void Replace(string path, byte[] content)
    {
        var folder = Path.GetDirectoryName(path)!;
        Sweep(folder);
        var temporary = Path.Combine(folder, $"{Prefix}{Guid.NewGuid():n}{Suffix}");
        var file = Create(temporary, content);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // What is open there cannot be moved.
                file.Dispose();
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        finally
        {
            file.Dispose();
        }
    }

    private static void Sweep(string folder)
    {
        foreach (var left in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}", new EnumerationOptions { AttributesToSkip = FileAttributes.None }))
        {
            try
            {
                using var unlocked = new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(left);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Somebody is at it, or it is not ours.
            }
        }
    }

    /// <summary>FileAlreadyExists where something is there that must not be replaced.</summary>
    internal static void RequireAbsent(string path, bool replace)
    {
        if (!replace && Path.Exists(path))
        {
            throw new KubeApiException(
                FailureKind.FileAlreadyExists, $"'{path}' exists already and was left as it is; -Force replaces it.", path);
        }
    }

    private static FileStreamOptions New()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
