using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Reach;

/// <summary>Draws the graph of one cluster or of several.</summary>
internal static class GraphBuilder
{
    private static readonly Action<EdgeContext, Holder>[] All =
    [
        RbacEdges.Add, EscalateEdges.Add, TokenEdges.Add, PodEdges.Add, SecretEdges.Add, ImpersonationEdges.Add, ConstrainedEdges.Add, NodeEdges.Add, CertificateEdges.Add,
        AdmissionEdges.Add, DanglingEdges.Add, OperatorEdges.Add,
    ];

    internal static ReachGraph Build(IReadOnlyList<AccessSnapshot> snapshots)
    {
        var graph = new ReachGraph();
        var clusters = new List<EdgeContext>();
        for (var number = 0; number < snapshots.Count; number++)
        {
            var context = new EdgeContext(graph, new ClusterFacts(snapshots[number], number));
            clusters.Add(context);
            MemberEdges.Add(context);
            HubEdges.Add(context);
            while (context.Next(out var holder))
            {
                foreach (var add in All)
                {
                    add(context, holder);
                }
            }
        }

        FleetEdges.Add(clusters);
        JoinedEdges.Add(graph);
        return graph;
    }
}
