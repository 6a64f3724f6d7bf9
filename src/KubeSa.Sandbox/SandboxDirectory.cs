namespace KubeSa.Sandbox;

/// <summary>Where the files of a sandbox lie. One of its own is readable by its owner alone and goes when the sandbox ends.</summary>
internal sealed class SandboxDirectory : IDisposable
{
    private readonly bool _isOwn;

    private SandboxDirectory(string path, bool isOwn)
    {
        Path = path;
        _isOwn = isOwn;
    }

    public string Path { get; }

    public static SandboxDirectory Open(string? given) =>
        given is null
            ? new SandboxDirectory(Directory.CreateTempSubdirectory("kubesa-sandbox-").FullName, true)
            : new SandboxDirectory(Directory.CreateDirectory(given).FullName, false);

    public void Dispose()
    {
        if (_isOwn && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
