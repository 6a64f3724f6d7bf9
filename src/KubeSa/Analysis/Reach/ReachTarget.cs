using KubeSa.Api;

namespace KubeSa.Analysis.Reach;

/// <summary>What a search is for: cluster-admin, system:masters, secrets, a node, a namespace or an account.</summary>
internal sealed record ReachTarget(VertexKind Kind, string? Namespace, string? Name)
{
    internal static readonly ReachTarget ClusterAdmin = new(VertexKind.ClusterAdmin, null, null);

    /// <summary>Reads what a user typed; InvalidRequest where it is nothing that can be reached.</summary>
    internal static ReachTarget Parse(string text)
    {
        if (ServiceAccountNames.Parse(text) is var (ns, name))
        {
            return new ReachTarget(VertexKind.Account, ns, name);
        }

        return text.Split('/', ' ') switch
        {
            ["cluster-admin"] => ClusterAdmin,
            ["system:masters"] => new ReachTarget(VertexKind.Masters, null, null),
            ["secrets" or "secret"] => new ReachTarget(VertexKind.Secrets, null, null),
            ["node" or "nodes"] => new ReachTarget(VertexKind.Node, null, null),
            ["namespace" or "namespaces" or "ns"] => new ReachTarget(VertexKind.Namespace, null, null),
            ["node" or "nodes", { Length: > 0 } node] => new ReachTarget(VertexKind.Node, null, node),
            ["namespace" or "namespaces" or "ns", { Length: > 0 } own] => new ReachTarget(VertexKind.Namespace, own, null),
            ["secrets" or "secret", { Length: > 0 } own] => new ReachTarget(VertexKind.Secrets, own, null),
            ["serviceaccount" or "ServiceAccount" or "sa", { Length: > 0 } own, { Length: > 0 } account] => new ReachTarget(VertexKind.Account, own, account),
            [{ Length: > 0 } own, { Length: > 0 } account] => new ReachTarget(VertexKind.Account, own, account),
            _ => throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"'{text}' is nothing that can be reached. Give cluster-admin, system:masters, secrets, node, node/NAME, namespace, namespace/NAME, or a service account as NAMESPACE/NAME.",
                text),
        };
    }

    /// <summary>The vertices that count as reached, in all clusters.</summary>
    internal IEnumerable<int> In(ReachGraph graph, int clusters)
    {
        for (var cluster = 0; cluster < clusters; cluster++)
        {
            if (IsOneOfMany)
            {
                continue;
            }

            if (graph.Find(new Vertex(Kind, cluster, Namespace, Name)) is { } vertex)
            {
                yield return vertex;
            }
        }

        for (var vertex = 0; IsOneOfMany && vertex < graph.Count; vertex++)
        {
            if (graph[vertex].Kind == Kind)
            {
                yield return vertex;
            }
        }
    }

    /// <summary>Whether any of its kind will do.</summary>
    private bool IsOneOfMany => (Kind is VertexKind.Node && Name is null) || (Kind is VertexKind.Namespace && Namespace is null);
}
