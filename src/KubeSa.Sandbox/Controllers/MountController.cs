using KubeSa.Sandbox.Controllers.Workloads;
using KubeSa.Sandbox.Nodes;
using KubeSa.Sandbox.Scenarios;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Controllers;

/// <summary>Does for one pod of a deployment what its kubelet would: keeps the mounted token, CA and namespace as the pod is to see them.</summary>
internal sealed class MountController(SandboxState state, MountedDeployment deployment) : IController
{
    private readonly object _gate = new();
    private PodMountDirectory? _mount;
    private string _shown = "";

    /// <summary>Begins to write into a directory, with the pod that is there now.</summary>
    public void Attach(PodMountDirectory mount)
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
        var volume = MountedFiles.VolumeOf(content);
        var secret = MountedFiles.SecretOf(state, deployment.Namespace, volume);
        var version = $"{pod.Uid} {secret?.Revision}";
        if (version == _shown)
        {
            return;
        }

        _mount.Write(secret is not null ? MountedFiles.Of(secret) : volume?["projected"] is null ? [] : MountedFiles.Project(state, pod, content));
        _shown = version;
    }

    // The newest, since that is where a rollout goes.
    private StoredObject? FindPod() => state.Store.Snapshot(state.Types.Get("", "pods")).From(deployment.Namespace)
        .Where(pod => !pod.IsDeleting && WorkloadNames.IsOf(pod, deployment.Name))
        .MaxBy(pod => pod.Revision);
}
