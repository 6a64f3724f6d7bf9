using System.Text.Json.Nodes;
using KubeSa.Sandbox.Certificates;
using KubeSa.Sandbox.Kinds;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Nodes;

/// <summary>
/// Writes a pod's volumes into folders of this machine. There is no file system of the container's own: what names a
/// mounted path in its environment is pointed to the folder instead.
/// </summary>
internal sealed class PodFolders(SandboxState state, string root)
{
    public string RootOf(StoredObject pod) => Path.Combine(root, pod.Uid);

    /// <summary>The folder for each path the container mounts; null and why where a volume cannot be had.</summary>
    public (IReadOnlyDictionary<string, string>? Folders, string? Problem) Write(StoredObject pod, JsonObject content, JsonObject container)
    {
        OwnerOnlyFile.CreateDirectory(RootOf(pod));
        var folders = new Dictionary<string, string>();
        foreach (var mount in PodDefaults.Objects(container["volumeMounts"]))
        {
            var name = mount.Text("name")!;
            var volume = PodDefaults.Objects(content["spec"]?["volumes"]).FirstOrDefault(v => v.Text("name") == name);
            if (FilesOf(pod, content, volume) is not { } files)
            {
                return (null, $"MountVolume.SetUp failed for volume \"{name}\": the sandbox has no such volume");
            }

            var folder = Path.Combine(RootOf(pod), name);
            OwnerOnlyFile.CreateDirectory(folder);
            foreach (var (file, text) in files)
            {
                OwnerOnlyFile.Write(Path.Combine(folder, file), text);
            }

            folders[mount.Text("mountPath")!] = folder;
        }

        return (folders, null);
    }

    public static string Translate(string value, IReadOnlyDictionary<string, string> folders)
    {
        foreach (var (path, folder) in folders)
        {
            if (value == path || value.StartsWith(path + "/", StringComparison.Ordinal))
            {
                return folder + value[path.Length..];
            }
        }

        return value;
    }

    public void Delete(StoredObject pod)
    {
        if (Directory.Exists(RootOf(pod)))
        {
            Directory.Delete(RootOf(pod), recursive: true);
        }
    }

    private Dictionary<string, string>? FilesOf(StoredObject pod, JsonObject content, JsonObject? volume) => volume switch
    {
        { } when volume["emptyDir"] is not null => [],
        { } when volume["projected"] is not null => MountedFiles.Project(state, pod, content),
        _ => MountedFiles.SecretOf(state, pod.Namespace, volume) is { } secret ? MountedFiles.Of(secret) : null,
    };
}
