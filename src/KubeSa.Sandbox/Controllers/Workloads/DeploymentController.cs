using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Controllers.Workloads;

/// <summary>
/// Rolls deployments out: a replica set for each template, pods of the newest, those of before gone once the new ones are there.
/// Also does what a kubelet does last: a pod that is to go goes.
/// </summary>
internal sealed class DeploymentController(SandboxState state, ReplicaSets sets) : IController
{
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    private readonly ResourceType _deployments = state.Types.Get("apps", "deployments");
    private readonly ResourceType _pods = state.Types.Get("", "pods");

    public void OnChange(StoreEvent change, IDelayedWork queue)
    {
        try
        {
            Handle(change);
        }
        catch (ApiError gone) when (gone.Code is 404)
        {
            // Deleted while it was looked at; the event of that comes next.
        }
    }

    private void Handle(StoreEvent change)
    {
        var obj = change.Object;
        switch (change.Type.Name)
        {
            case "deployments" when change.Kind == ChangeKind.Deleted:
                foreach (var set in sets.Of(obj.Namespace, obj.Uid))
                {
                    sets.Delete(set);
                }

                break;
            case "deployments":
                Reconcile(obj.Namespace, obj.Name);
                break;
            case "pods" when change.Kind == ChangeKind.Deleted:
                if (WorkloadNames.DeploymentOf(obj) is { } owner)
                {
                    Reconcile(obj.Namespace, owner);
                }

                break;
            case "pods" when obj.IsDeleting:
                state.Store.Delete(_pods, obj.Namespace, obj.Name);
                break;
            case "serviceaccounts" when change.Kind != ChangeKind.Deleted:
                // What failed for want of the account may go on now.
                foreach (var deployment in state.Store.Snapshot(_deployments).From(obj.Namespace).ToArray())
                {
                    Reconcile(deployment.Namespace, deployment.Name);
                }

                break;
        }
    }

    private void Reconcile(string ns, string name)
    {
        if (state.Store.TryGet(_deployments, ns, name) is not { } stored)
        {
            return;
        }

        var deployment = stored.Content();
        var replicas = (int?)deployment["spec"]?["replicas"] ?? 1;
        var current = sets.Ensure(deployment);
        var old = sets.Of(ns, stored.Uid).Where(set => set.Name != current.Name).ToArray();
        string? failure = null;
        try
        {
            sets.Scale(current, replicas);
            foreach (var set in old)
            {
                sets.Scale(set, 0);
            }
        }
        catch (ApiError refusal) when (refusal.Code is 403 or 500)
        {
            failure = refusal.Message;
        }

        var progress = new DeploymentProgress(current.Name, sets.PodsOf(current).Count, old.Sum(set => sets.PodsOf(set).Count), failure);
        var revision = ReplicaSets.RevisionOf(current);
        state.Store.Update(_deployments, ns, name, content =>
        {
            content.Child("metadata").Child("annotations")[RevisionAnnotation] = revision;
            content["status"] = DeploymentStatus.Of(content, progress, state.Time.Stamp());
            return content;
        });
    }
}
