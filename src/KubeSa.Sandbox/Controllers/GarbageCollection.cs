using System.Text.Json.Nodes;
using KubeSa.Sandbox.Kinds;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Controllers;

/// <summary>Deletes what belonged to a deleted object, and takes the finalizers of the propagation policies off.</summary>
internal sealed class GarbageCollection(SandboxState state) : IController
{
    private static readonly string[] Policies = ["foregroundDeletion", "orphan"];

    // A client sees the object marked before it goes.
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    // What workloads own; nothing else in the sandbox has an owner.
    private readonly ResourceType[] _owned =
        [state.Types.Get("apps", "replicasets"), state.Types.Get("batch", "jobs"), state.Types.Get("", "pods")];

    public void OnChange(StoreEvent change, IDelayedWork later)
    {
        if (change.Kind == ChangeKind.Deleted)
        {
            if (!Has(change.Object, "orphan"))
            {
                DeleteDependents(change.Object);
            }
        }
        else if (change.Object.IsDeleting && Policies.Any(p => Has(change.Object, p)))
        {
            later.After(Delay, () => Release(change.Type, change.Object));
        }
    }

    private void DeleteDependents(StoredObject owner)
    {
        foreach (var type in _owned)
        {
            foreach (var item in state.Store.Snapshot(type).From(owner.Namespace).Where(i => IsOwnedBy(i, owner.Uid)).ToList())
            {
                state.Store.Delete(type, item.Namespace, item.Name);
            }
        }
    }

    private void Release(ResourceType type, StoredObject item)
    {
        if (Has(item, "foregroundDeletion"))
        {
            DeleteDependents(item);
        }

        var released = state.Store.Update(type, item.Namespace, item.Name, content =>
        {
            var finalizers = (JsonArray)content["metadata"]!["finalizers"]!;
            foreach (var policy in finalizers.Where(f => Policies.Contains((string?)f)).ToList())
            {
                finalizers.Remove(policy);
            }

            if (finalizers.Count == 0)
            {
                content["metadata"]!.AsObject().Remove("finalizers");
            }

            return content;
        });
        if (released.Content()["metadata"]!["finalizers"] is null)
        {
            state.Store.Delete(type, item.Namespace, item.Name);
        }
    }

    private static bool Has(StoredObject item, string finalizer) =>
        item.Content()["metadata"]!["finalizers"] is JsonArray finalizers && finalizers.Any(f => (string?)f == finalizer);

    private static bool IsOwnedBy(StoredObject item, string uid) =>
        PodDefaults.Objects(item.Content()["metadata"]!["ownerReferences"]).Any(o => o.Text("uid") == uid);
}
