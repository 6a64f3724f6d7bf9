namespace KubeSa.Sandbox;

/// <summary>
/// Where the files of a sandbox lie. One of its own is readable by its owner alone and goes when the sandbox ends. While it
/// runs it holds a lock in it: a folder without its lock held is left from a sandbox that was killed, and the next one
/// removes it.
/// </summary>
internal sealed class SandboxDirectory : IDisposable
{
    private const string Prefix = "kubesa-sandbox-";
    private const string Lock = ".lock";

    private readonly FileStream? _lock;

    private SandboxDirectory(string path, FileStream? held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    public static SandboxDirectory Open(string? given)
    {
        if (given is not null)
        {
            return new SandboxDirectory(Directory.CreateDirectory(given).FullName, null);
        }

        Sweep();
        var path = Directory.CreateTempSubdirectory(Prefix).FullName;
        return new SandboxDirectory(path, Hold(path, FileMode.CreateNew));
    }

    public void Dispose()
    {
        if (_lock is not null)
        {
            _lock.Dispose();
            if (Directory.Exists(Path))
            {
                Directory.Delete(Path, recursive: true);
            }
        }
    }

    private static void Sweep()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                // One without a lock is only just being made, or is no sandbox's.
                Hold(folder, FileMode.Open).Dispose();
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // It runs, it is somebody else's, or another one is removing it.
            }
        }
    }

    private static FileStream Hold(string folder, FileMode mode) =>
        new(System.IO.Path.Combine(folder, Lock), mode, FileAccess.ReadWrite, FileShare.None);
}
