using System.Text;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Storage;
using KubeSa.Sandbox.Tokens;

namespace KubeSa.Sandbox.Nodes;

/// <summary>What the files of a pod's service account are: those of a Secret, or those that are projected.</summary>
internal static class MountedFiles
{
    public const string Path = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The volume at that place; null where the pod mounts none.</summary>
    public static JsonNode? VolumeOf(JsonObject pod)
    {
        var mounts = (pod["spec"]?["containers"] as JsonArray ?? []).SelectMany(container => container?["volumeMounts"] as JsonArray ?? []);
        var name = mounts.FirstOrDefault(mount => mount.Text("mountPath") == Path).Text("name");
        return (pod["spec"]?["volumes"] as JsonArray ?? []).FirstOrDefault(volume => volume.Text("name") == name);
    }

    /// <summary>The Secret of that volume; null where it is none or is not there.</summary>
    public static StoredObject? SecretOf(SandboxState state, string ns, JsonNode? volume) =>
        volume.Text("secret", "secretName") is { } name ? state.Store.TryGet(state.Types.Get("", "secrets"), ns, name) : null;

    public static Dictionary<string, string> Of(StoredObject secret) =>
        (secret.Content()["data"] as JsonObject ?? []).ToDictionary(
            entry => entry.Key, entry => Encoding.UTF8.GetString(Convert.FromBase64String((string)entry.Value!)));

    public static Dictionary<string, string> Project(SandboxState state, StoredObject pod, JsonObject content)
    {
        var account = content.Text("spec", "serviceAccountName")!;
        var stored = state.Store.TryGet(state.Types.Get("", "serviceaccounts"), pod.Namespace, account);
        var files = new Dictionary<string, string>
        {
            ["ca.crt"] = state.Identity.Authority.Pem,
            ["namespace"] = pod.Namespace,
        };
        if (stored is not null)
        {
            files["token"] = state.Identity.Issuer.IssueBound(
                new BoundTokenRequest(pod.Namespace, new NamedUid(account, stored.Uid), TokenIssuer.KubeletSeconds)
                {
                    Pod = new NamedUid(pod.Name, pod.Uid),
                    Node = NodeOf(state, content),
                });
        }

        return files;
    }

    private static NamedUid? NodeOf(SandboxState state, JsonObject pod) =>
        pod.Text("spec", "nodeName") is { Length: > 0 } name && state.Store.TryGet(state.Types.Get("", "nodes"), "", name) is { } node
            ? new NamedUid(name, node.Uid)
            : null;
}
