namespace KubeSa.Analysis.Reach;

/// <summary>
/// The shortest ways from every vertex to one of some, found by one walk back from there: a hundred thousand accounts cost no more than
/// the edges that lead there.
/// </summary>
internal sealed class PathFinder
{
    private const int Unreached = int.MaxValue;

    private readonly ReachGraph _graph;
    private readonly int[] _distance;
    private readonly ReachEdge?[] _next;

    /// <param name="graph">The graph.</param>
    /// <param name="targets">Where to.</param>
    /// <param name="least">Edges that are less sure are left out.</param>
    internal PathFinder(ReachGraph graph, IEnumerable<int> targets, EscalationCertainty least)
    {
        _graph = graph;
        _distance = new int[graph.Count];
        _next = new ReachEdge?[graph.Count];
        Array.Fill(_distance, Unreached);
        Walk(targets, least);
    }

    /// <summary>Whether it is reached; what was added to the graph since is not.</summary>
    internal bool Reaches(int vertex) => vertex < _distance.Length && _distance[vertex] != Unreached;

    /// <summary>How many steps it takes; null where it cannot be reached.</summary>
    internal int? Steps(int vertex) => Reaches(vertex) ? _distance[vertex] : null;

    /// <summary>The edges of a shortest way; empty where it cannot be reached, or is there already.</summary>
    internal IReadOnlyList<ReachEdge> From(int vertex)
    {
        var path = new List<ReachEdge>();
        for (var edge = _next[vertex]; edge is not null; edge = _next[edge.To])
        {
            path.Add(edge);
        }

        return path;
    }

    /// <summary>Breadth first, with what costs nothing in front.</summary>
    private void Walk(IEnumerable<int> targets, EscalationCertainty least)
    {
        var waiting = new LinkedList<(int Vertex, int Distance)>();
        foreach (var target in targets)
        {
            _distance[target] = 0;
            waiting.AddLast((target, 0));
        }

        while (waiting.First is { Value: var (vertex, distance) })
        {
            waiting.RemoveFirst();
            if (distance > _distance[vertex])
            {
                continue;
            }

            foreach (var edge in _graph.To(vertex))
            {
                var further = distance + (edge.IsStep ? 1 : 0);
                if (edge.Certainty < least || further >= _distance[edge.From])
                {
                    continue;
                }

                (_distance[edge.From], _next[edge.From]) = (further, edge);
                if (edge.IsStep)
                {
                    waiting.AddLast((edge.From, further));
                }
                else
                {
                    waiting.AddFirst((edge.From, further));
                }
            }
        }
    }
}
