using System.Text;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Controllers.Workloads;
using KubeSa.Sandbox.Scenarios;
using KubeSa.Sandbox.Storage;
using KubeSa.Sandbox.Tokens;

namespace KubeSa.Sandbox.Controllers;

/// <summary>Does for one pod of a deployment what its kubelet would: keeps the mounted token, CA and namespace as the pod is to see them.</summary>
internal sealed class MountController(SandboxState state, MountedDeployment deployment) : IController
{
    private const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private readonly object _gate = new();
    private PodMount? _mount;
    private string _shown = "";

    /// <summary>Begins to write into a directory, with the pod that is there now.</summary>
    public void Attach(PodMount mount)
    {
        lock (_gate)
        {
            _mount = mount;
            Refresh();
        }
    }

    public void OnChange(StoreEvent change, IDelayedWork queue)
    {
        if (change.Type.Group.Length > 0 || change.Type.Name is not ("pods" or "secrets") || change.Object.Namespace != deployment.Namespace)
        {
            return;
        }

        lock (_gate)
        {
            Refresh();
        }
    }

    private void Refresh()
    {
        // While the deployment is without a pod the last one's files stay.
        if (_mount is null || FindPod() is not { } pod)
        {
            return;
        }

        var content = pod.Content();
        var secret = SecretOf(content);
        var version = $"{pod.Uid} {secret?.Revision}";
        if (version == _shown)
        {
            return;
        }

        _mount.Write(secret is not null ? FilesOf(secret) : Projects(content) ? Project(pod, content) : new Dictionary<string, string>());
        _shown = version;
    }

    // The newest, since that is where a rollout goes.
    private StoredObject? FindPod() => state.Store.Snapshot(state.Types.Get("", "pods")).From(deployment.Namespace)
        .Where(pod => !pod.IsDeleting && WorkloadNames.IsOf(pod, deployment.Name))
        .MaxBy(pod => pod.Revision);

    private StoredObject? SecretOf(JsonObject pod) =>
        VolumeAt(pod)?.Text("secret", "secretName") is { } name
            ? state.Store.TryGet(state.Types.Get("", "secrets"), deployment.Namespace, name)
            : null;

    private static bool Projects(JsonObject pod) => VolumeAt(pod)?["projected"] is not null;

    private static JsonNode? VolumeAt(JsonObject pod)
    {
        var mounts = (pod["spec"]?["containers"] as JsonArray ?? []).SelectMany(container => container?["volumeMounts"] as JsonArray ?? []);
        var name = mounts.FirstOrDefault(mount => mount.Text("mountPath") == MountPath).Text("name");
        return (pod["spec"]?["volumes"] as JsonArray ?? []).FirstOrDefault(volume => volume.Text("name") == name);
    }

    private static Dictionary<string, string> FilesOf(StoredObject secret) =>
        (secret.Content()["data"] as JsonObject ?? []).ToDictionary(
            entry => entry.Key, entry => Encoding.UTF8.GetString(Convert.FromBase64String((string)entry.Value!)));

    private Dictionary<string, string> Project(StoredObject pod, JsonObject content)
    {
        var account = content.Text("spec", "serviceAccountName")!;
        var stored = state.Store.TryGet(state.Types.Get("", "serviceaccounts"), deployment.Namespace, account);
        var files = new Dictionary<string, string>
        {
            ["ca.crt"] = state.Identity.Authority.Pem,
            ["namespace"] = deployment.Namespace,
        };
        if (stored is not null)
        {
            files["token"] = state.Identity.Issuer.IssueBound(
                new BoundTokenRequest(deployment.Namespace, new NamedUid(account, stored.Uid), TokenIssuer.KubeletSeconds)
                {
                    Pod = new NamedUid(pod.Name, pod.Uid),
                    Node = NodeOf(content),
                });
        }

        return files;
    }

    private NamedUid? NodeOf(JsonObject pod) =>
        pod.Text("spec", "nodeName") is { Length: > 0 } name && state.Store.TryGet(state.Types.Get("", "nodes"), "", name) is { } node
            ? new NamedUid(name, node.Uid)
            : null;
}
