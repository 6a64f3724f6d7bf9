using System.Text.Json.Nodes;
using KubeSa.Sandbox.Admission;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Controllers.Workloads;

/// <summary>Makes pods that run: admitted, placed on a node and ready, as if a scheduler and a kubelet had been quick.</summary>
internal sealed class PodFactory(SandboxState state, ServiceAccountAdmission admission)
{
    private const string Node = "node-1";
    private static readonly string[] Conditions = ["Initialized", "Ready", "ContainersReady", "PodScheduled"];
    private int _addresses = 1;

    /// <summary>
    /// A pod by its own name or a generated one; <paramref name="prepare"/> may change it before admission. Throws
    /// <see cref="ApiError"/> where its account cannot be used.
    /// </summary>
    public StoredObject Create(JsonObject metadata, JsonObject spec, Action<JsonObject>? prepare = null)
    {
        var pod = new JsonObject { ["metadata"] = metadata, ["spec"] = spec };
        Complete(spec);
        prepare?.Invoke(pod);
        admission.Admit(metadata.Text("namespace")!, pod);
        metadata["name"] ??= metadata.Text("generateName") + RandomName.Suffix();
        pod["status"] = Running(spec);
        return state.Store.Create(state.Types.Get("", "pods"), pod);
    }

    private static void Complete(JsonObject spec)
    {
        spec["nodeName"] = Node;
        spec["priority"] = 0;
        spec["enableServiceLinks"] ??= true;
        spec["preemptionPolicy"] = "PreemptLowerPriority";
        spec["tolerations"] ??= new JsonArray(Toleration("not-ready"), Toleration("unreachable"));
    }

    private static JsonObject Toleration(string condition) => new()
    {
        ["key"] = "node.kubernetes.io/" + condition,
        ["operator"] = "Exists",
        ["effect"] = "NoExecute",
        ["tolerationSeconds"] = 300,
    };

    private JsonObject Running(JsonObject spec)
    {
        var now = state.Store.Stamp();
        var address = Interlocked.Increment(ref _addresses);
        return new JsonObject
        {
            ["phase"] = "Running",
            ["conditions"] = new JsonArray([.. Conditions.Select(type => (JsonNode)new JsonObject
            {
                ["type"] = type,
                ["status"] = "True",
                ["lastProbeTime"] = null,
                ["lastTransitionTime"] = now,
            })]),
            ["hostIP"] = "192.0.2.10",
            ["podIP"] = $"10.244.0.{address % 250}",
            ["podIPs"] = new JsonArray(new JsonObject { ["ip"] = $"10.244.0.{address % 250}" }),
            ["startTime"] = now,
            ["containerStatuses"] = new JsonArray([.. spec["containers"]!.AsArray().Select(container => (JsonNode)ContainerStatus(container!, now))]),
            ["qosClass"] = "BestEffort",
        };
    }

    private static JsonObject ContainerStatus(JsonNode container, string now) => new()
    {
        ["name"] = container.Text("name"),
        ["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = now } },
        ["lastState"] = new JsonObject(),
        ["ready"] = true,
        ["restartCount"] = 0,
        ["image"] = container.Text("image"),
        ["imageID"] = "",
        ["started"] = true,
    };
}
