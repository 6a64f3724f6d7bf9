using System.Text.Json.Nodes;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Controllers;

/// <summary>Empties a namespace that is being deleted, and lets it go when nothing is left; says what holds it otherwise.</summary>
internal sealed class NamespaceTermination(SandboxState state) : IController
{
    private readonly ResourceType _namespaces = state.Types.Get("", "namespaces");

    public void OnChange(StoreEvent change, IDelayedWork later)
    {
        var name = change.Type == _namespaces ? change.Object.Name : change.Kind == ChangeKind.Deleted ? change.Object.Namespace : "";
        if (name.Length > 0 && state.Store.TryGet(_namespaces, "", name) is { IsDeleting: true })
        {
            Terminate(name);
        }
    }

    private void Terminate(string ns)
    {
        var remaining = new List<(ResourceType Type, StoredObject Object)>();
        foreach (var type in state.Types.All.Where(t => t is { Namespaced: true, IsStored: true }).DistinctBy(t => t.StorageKey))
        {
            foreach (var item in state.Store.Snapshot(type).From(ns).ToList())
            {
                if (!Remove(type, item))
                {
                    remaining.Add((type, item));
                }
            }
        }

        if (remaining.Count == 0)
        {
            state.Store.Delete(_namespaces, "", ns);
            return;
        }

        state.Store.Update(_namespaces, "", ns, content =>
        {
            var known = content["status"]?["conditions"] as JsonArray;
            var conditions = Conditions(remaining);
            if (known is null || Texts(known) != Texts(conditions))
            {
                content.Child("status")["conditions"] = conditions;
            }

            return content;
        });
    }

    // An object with finalizers is only marked; whoever put them there has to take them off.
    private bool Remove(ResourceType type, StoredObject item)
    {
        if (FinalizersOf(item).Count == 0)
        {
            state.Store.Delete(type, item.Namespace, item.Name);
            return true;
        }

        if (!item.IsDeleting)
        {
            state.Store.Update(type, item.Namespace, item.Name, content =>
            {
                content["metadata"]!["deletionTimestamp"] = state.Time.Stamp();
                content["metadata"]!["deletionGracePeriodSeconds"] = 0;
                return content;
            });
        }

        return false;
    }

    private JsonArray Conditions(List<(ResourceType Type, StoredObject Object)> remaining)
    {
        var resources = remaining.GroupBy(r => r.Type).Select(g => $"{g.Key.Name}.{g.Key.Group} has {g.Count()} resource instances");
        var finalizers = remaining.SelectMany(r => FinalizersOf(r.Object)).GroupBy(f => f).Select(g => $"{g.Key} in {g.Count()} resource instances");
        return
        [
            Condition("NamespaceDeletionDiscoveryFailure", "False", "ResourcesDiscovered", "All resources successfully discovered"),
            Condition("NamespaceDeletionGroupVersionParsingFailure", "False", "ParsedGroupVersions", "All legacy kube types successfully parsed"),
            Condition("NamespaceDeletionContentFailure", "False", "ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
            Condition("NamespaceContentRemaining", "True", "SomeResourcesRemain", $"Some resources are remaining: {string.Join(", ", resources)}"),
            Condition("NamespaceFinalizersRemaining", "True", "SomeFinalizersRemain", $"Some content in the namespace has finalizers remaining: {string.Join(", ", finalizers)}"),
        ];
    }

    private JsonObject Condition(string type, string status, string reason, string message) => new()
    {
        ["type"] = type,
        ["status"] = status,
        ["lastTransitionTime"] = state.Time.Stamp(),
        ["reason"] = reason,
        ["message"] = message,
    };

    private static string Texts(JsonArray conditions) => string.Join('\n', conditions.Select(c => c.Text("message")));

    private static List<string> FinalizersOf(StoredObject item) =>
        item.Content()["metadata"]!["finalizers"] is JsonArray finalizers ? [.. finalizers.Select(f => (string)f!)] : [];
}
