using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Tables;

/// <summary>The columns of pods.</summary>
internal static class PodColumns
{
    private const string NominatedText =
        "nominatedNodeName is set only when this pod preempts other pods on the node, but it cannot be scheduled right away as preemption victims " +
        "receive their graceful termination periods. This field does not guarantee that the pod will be scheduled on this node. Scheduler may decide " +
        "to place the pod elsewhere if other nodes become available sooner. Scheduler may also decide to give the resources on this node to a higher " +
        "priority pod that is created after preemption. As a result, this field may be different than PodSpec.nodeName when the pod is scheduled.";

    private const string GatesText =
        "If specified, all readiness gates will be evaluated for pod readiness. A pod is ready when all its containers are ready AND all conditions " +
        "specified in the readiness gates have status equal to \"True\" More info: https://git.k8s.io/enhancements/keps/sig-network/";

    public static IEnumerable<Column> Of(ServerVersion serverVersion, Column age)
    {
        var old = serverVersion.IsLegacy;
        return
        [
            new("Ready", "string", "", 0, "The aggregate readiness state of this pod for accepting traffic.", Ready),
            new("Status", "string", "", 0, "The aggregate status of the containers in this pod.", Status),
            old
                ? new("Restarts", "integer", "", 0, "The number of times the containers in this pod have been restarted.", _ => 0)
                : new("Restarts", "string", "", 0, "The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.", _ => "0"),
            age,
            new("IP", "string", "", 1, $"{(old ? "IP" : "podIP")} address allocated to the pod. Routable at least within the cluster. Empty if not yet allocated.", c => OrNone(c.Object.Text("status", "podIP"))),
            new("Node", "string", "", 1, NodeText(old), c => OrNone(c.Object.Text("spec", "nodeName"))),
            new("Nominated Node", "string", "", 1, NominatedText, _ => "<none>"),
            new("Readiness Gates", "string", "", 1, GatesText + (old ? "0007-pod-ready%2B%2B.md" : "580-pod-readiness-gates"), _ => "<none>"),
        ];
    }

    private static JsonNode? Ready(CellContext cell)
    {
        var statuses = cell.Object["status"]?["containerStatuses"] as JsonArray ?? [];
        var containers = (cell.Object["spec"]?["containers"] as JsonArray)?.Count ?? 0;
        return $"{statuses.Count(s => (bool?)s?["ready"] == true)}/{containers}";
    }

    private static JsonNode? Status(CellContext cell) =>
        cell.Object["metadata"]?["deletionTimestamp"] is not null ? "Terminating" : cell.Object.Text("status", "phase");

    private static string OrNone(string? value) => value is { Length: > 0 } ? value : "<none>";

    private static string NodeText(bool old) => old
        ? "NodeName is a request to schedule this pod onto a specific node. If it is non-empty, the scheduler simply schedules this pod onto that node, assuming that it fits resource requirements."
        : "NodeName indicates in which node this pod is scheduled. If empty, this pod is a candidate for scheduling by the scheduler defined in schedulerName. " +
          "Once this field is set, the kubelet for this node becomes responsible for the lifecycle of this pod. This field should not be used to express a desire " +
          "for the pod to be scheduled on a specific node. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename";
}
