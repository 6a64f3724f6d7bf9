namespace KubeSa.Contract.Soak;

/// <summary>A folder like a pod's mount, whose token is replaced as the kubelet replaces it: by a link to another folder.</summary>
internal sealed class ProjectedTokenFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubesa-soak-");
    private string? _version;

    internal string Path => _folder.FullName;

    internal string TokenFile => System.IO.Path.Combine(Path, "token");

    internal void Replace(string token)
    {
        if (OperatingSystem.IsWindows())
        {
            // Links take a privilege there.
            File.WriteAllText(TokenFile, token);
            return;
        }

        var next = $"..{Guid.NewGuid():n}";
        Directory.CreateDirectory(System.IO.Path.Combine(Path, next));
        File.WriteAllText(System.IO.Path.Combine(Path, next, "token"), token);
        var link = System.IO.Path.Combine(Path, "..next");
        File.CreateSymbolicLink(link, System.IO.Path.Combine(next, "token"));
        File.Move(link, TokenFile, overwrite: true);
        if (_version is not null)
        {
            Directory.Delete(System.IO.Path.Combine(Path, _version), recursive: true);
        }

        _version = next;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
