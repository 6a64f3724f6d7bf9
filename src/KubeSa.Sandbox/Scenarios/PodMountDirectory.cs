using System.Globalization;
using System.Runtime.InteropServices;
using KubeSa.Sandbox.Certificates;

namespace KubeSa.Sandbox.Scenarios;

/// <summary>
/// A directory laid out as the kubelet lays out a pod's /var/run/secrets/kubernetes.io/serviceaccount: each file is a link
/// through ..data, and ..data is a link to the current version, replaced in one step. Beside the kubelet's files
/// lies one with the environment variables that a pod would have, for those who read the mount outside of one.
/// </summary>
internal sealed class PodMountDirectory(string path, Uri server, TimeProvider time)
{
    private const string Data = "..data";
    private const string Environment = "kubernetes.env";

    /// <summary>Shows exactly these files from now on; a reader sees all of the old or all of the new ones.</summary>
    public void Write(IReadOnlyDictionary<string, string> files) => Replace(new Dictionary<string, string>(files)
    {
        [Environment] = $"KUBERNETES_SERVICE_HOST={server.Host}\nKUBERNETES_SERVICE_PORT={server.Port}\n",
    });

    private void Replace(Dictionary<string, string> files)
    {
        OwnerOnlyFile.CreateDirectory(path);
        if (OperatingSystem.IsWindows())
        {
            WritePlain(files);
            return;
        }

        var before = new DirectoryInfo(Path.Combine(path, Data)).LinkTarget;
        var version = ".." + time.GetUtcNow().ToString("yyyy_MM_dd_HH_mm_ss.fffffff", CultureInfo.InvariantCulture) + RandomName.Suffix();
        OwnerOnlyFile.CreateDirectory(Path.Combine(path, version));
        foreach (var (name, content) in files)
        {
            OwnerOnlyFile.Write(Path.Combine(path, version, name), content);
        }

        var next = Path.Combine(path, "..data_tmp");
        File.CreateSymbolicLink(next, version);
        if (Rename(next, Path.Combine(path, Data)) != 0)
        {
            throw new IOException($"The mount at {path} cannot be replaced: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        LinkFiles(files);
        if (before is not null)
        {
            Directory.Delete(Path.Combine(path, before), recursive: true);
        }
    }

    private void LinkFiles(Dictionary<string, string> files)
    {
        var links = new DirectoryInfo(path).EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith("..", StringComparison.Ordinal)).ToArray();
        foreach (var gone in links.Where(link => !files.ContainsKey(link.Name)))
        {
            gone.Delete();
        }

        foreach (var name in files.Keys.Except(links.Select(link => link.Name)))
        {
            File.CreateSymbolicLink(Path.Combine(path, name), Path.Combine(Data, name));
        }
    }

    // Links take a privilege there that few have.
    private void WritePlain(Dictionary<string, string> files)
    {
        foreach (var file in Directory.GetFiles(path))
        {
            File.Delete(file);
        }

        foreach (var (name, content) in files)
        {
            OwnerOnlyFile.Write(Path.Combine(path, name), content);
        }
    }

    // The base library refuses to move a link to a directory over another.
    [DllImport("libc", EntryPoint = "rename", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename(string from, string to);
}
