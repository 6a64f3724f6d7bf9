using System.Text.Json.Nodes;
using KubeSa.Sandbox.Controllers;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Nodes;

/// <summary>Gives each new pod a node that takes pods, and says where there is none. Knows nothing of room or taints.</summary>
internal sealed class Scheduler(SandboxState state) : IController
{
    private readonly ResourceType _pods = state.Types.Get("", "pods");
    private readonly ResourceType _nodes = state.Types.Get("", "nodes");

    public void OnChange(StoreEvent change, IDelayedWork later)
    {
        if (change.Type == _pods && change.Kind == ChangeKind.Added)
        {
            Place(change.Object);
        }
        else if (change.Type == _nodes && change.Kind != ChangeKind.Deleted)
        {
            foreach (var pod in state.Store.Snapshot(_pods).From("").ToList())
            {
                Place(pod);
            }
        }
    }

    private void Place(StoredObject pod)
    {
        if (pod.IsDeleting || pod.Content() is var content && content.Text("spec", "nodeName") is { Length: > 0 })
        {
            return;
        }

        var nodes = state.Store.Snapshot(_nodes).From("").ToList();
        var free = nodes.FirstOrDefault(node => (bool?)node.Content()["spec"]?["unschedulable"] != true);
        try
        {
            state.Store.Update(_pods, pod.Namespace, pod.Name, current =>
            {
                if (free is not null)
                {
                    current.Child("spec")["nodeName"] = free.Name;
                }

                current.Child("status")["conditions"] = new JsonArray(Condition(free is null ? Why(nodes.Count) : null));
                return current;
            });
        }
        catch (ApiError gone) when (gone.Code == 404)
        {
            // Deleted meanwhile.
        }
    }

    private JsonObject Condition(string? problem)
    {
        var condition = new JsonObject
        {
            ["type"] = "PodScheduled",
            ["status"] = problem is null ? "True" : "False",
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = state.Time.Stamp(),
        };
        if (problem is not null)
        {
            condition["reason"] = "Unschedulable";
            condition["message"] = problem;
        }

        return condition;
    }

    private static string Why(int nodes) => nodes == 0
        ? "no nodes available to schedule pods"
        : $"0/{nodes} nodes are available: {nodes} node(s) were unschedulable. preemption: 0/{nodes} nodes are available: {nodes} Preemption is not helpful for scheduling.";
}
