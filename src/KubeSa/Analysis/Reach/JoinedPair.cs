namespace KubeSa.Analysis.Reach;

/// <summary>What takes two requests, of which one account may make the one and another the other.</summary>
internal sealed record JoinedPair(string One, string Other, VertexKind To, string Name, EscalationCertainty Certainty, string Condition)
{
    internal static readonly JoinedPair[] All =
    [
        new("create", "read", VertexKind.AnyAccount, "CreateTokenSecret", EscalationCertainty.Certain, "One account creates a token Secret of any account, and the other reads what the server puts into it."),
        new("move", "node", VertexKind.RunningPods, "MovePods", EscalationCertainty.Likely, "Pods that are driven away from other nodes may start on the node that is in one's hands."),
    ];

    /// <summary>Where two halves lead together; null where they are not of this pair, or not of the same place.</summary>
    internal static (JoinedPair Pair, Vertex To)? Of(Vertex one, Vertex other)
    {
        foreach (var pair in All)
        {
            if (one.Cluster == other.Cluster
                && ((one.Name == pair.One && other.Name == pair.Other) || (one.Name == pair.Other && other.Name == pair.One))
                && Right.Meet(one.Namespace, other.Namespace, out var scope))
            {
                return (pair, new Vertex(pair.To, one.Cluster, scope));
            }
        }

        return null;
    }
}
