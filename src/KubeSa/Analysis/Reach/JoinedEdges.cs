namespace KubeSa.Analysis.Reach;

/// <summary>Draws what two accounts can do together, for those alone who can become both and get there in no other way.</summary>
internal static class JoinedEdges
{
    // What is drawn may make another pair whole.
    private const int MostRounds = 3;

    internal static void Add(ReachGraph graph)
    {
        for (var round = 0; round < MostRounds && Join(graph); round++)
        {
        }
    }

    private static bool Join(ReachGraph graph)
    {
        var before = graph.Edges.Count;
        var halves = graph.Halves.ToList();
        foreach (var one in halves)
        {
            foreach (var other in halves.Where(other => other > one))
            {
                if (JoinedPair.Of(graph[one], graph[other]) is var (pair, to))
                {
                    Draw(graph, one, other, pair, to);
                }
            }
        }

        return graph.Edges.Count > before;
    }

    private static void Draw(ReachGraph graph, int one, int other, JoinedPair pair, Vertex to)
    {
        if (Holders(graph, one) is var first && Holders(graph, other) is var second && (first.IsSubsetOf(second) || second.IsSubsetOf(first)))
        {
            // Whoever gets to the one is at somebody who holds both, and has the edge already.
            return;
        }

        var target = graph.Number(to);
        var (toOne, toOther, direct) = (Finder(graph, one), Finder(graph, other), Finder(graph, target));
        for (var vertex = 0; vertex < graph.Count; vertex++)
        {
            if (graph[vertex].Kind is VertexKind.Account or VertexKind.User && toOne.Reaches(vertex) && toOther.Reaches(vertex) && !direct.Reaches(vertex))
            {
                graph.Add(Together(vertex, target, pair, [.. toOne.From(vertex), .. toOther.From(vertex)]));
            }
        }
    }

    /// <summary>The edge of somebody who goes both ways first.</summary>
    internal static ReachEdge Together(int from, int to, JoinedPair pair, IReadOnlyList<ReachEdge> before) =>
        new(from, to, pair.Name, (EscalationCertainty)Math.Min((long)pair.Certainty, before.Count == 0 ? (long)pair.Certainty : before.Min(edge => (long)edge.Certainty)), [], pair.Condition)
        {
            Before = before,
        };

    private static HashSet<int> Holders(ReachGraph graph, int half) => [.. graph.To(half).Select(edge => edge.From)];

    private static PathFinder Finder(ReachGraph graph, int target) => new(graph, [target], EscalationCertainty.Possible);
}
