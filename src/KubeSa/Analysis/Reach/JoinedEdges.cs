namespace KubeSa.Analysis.Reach;

/// <summary>
/// Draws what two accounts can do together, for those alone who can become both and get there in no other way. Whoever can become
/// cluster-admin needs none of it, and there most ways of a large cluster lead.
/// </summary>
internal sealed class JoinedEdges
{
    // What is drawn may make another pair whole.
    private const int MostRounds = 3;

    private readonly ReachGraph _graph;
    private readonly PathFinder _admins;
    private readonly Dictionary<int, HashSet<int>> _ancestors = [];
    private readonly Dictionary<int, Dictionary<int, ReachEdge>> _ways = [];

    private JoinedEdges(ReachGraph graph)
    {
        _graph = graph;
        _admins = new PathFinder(graph, Enumerable.Range(0, graph.Count).Where(vertex => graph[vertex].Kind == VertexKind.ClusterAdmin), EscalationCertainty.Possible);
    }

    internal static void Add(ReachGraph graph)
    {
        for (var round = 0; round < MostRounds && new JoinedEdges(graph).Join(); round++)
        {
        }
    }

    /// <summary>The edge of somebody who goes both ways first.</summary>
    internal static ReachEdge Together(int from, int to, JoinedPair pair, IReadOnlyList<ReachEdge> before) =>
        new(from, to, pair.Name, (EscalationCertainty)Math.Min((long)pair.Certainty, before.Count == 0 ? (long)pair.Certainty : before.Min(edge => (long)edge.Certainty)), [], pair.Condition)
        {
            Before = before,
        };

    private bool Join()
    {
        var before = _graph.Edges.Count;
        var halves = _graph.Halves.ToLookup(half => (_graph[half].Cluster, _graph[half].Name));
        foreach (var group in halves)
        {
            foreach (var pair in JoinedPair.All.Where(pair => pair.One == group.Key.Name))
            {
                var others = halves[(group.Key.Cluster, pair.Other)].ToLookup(half => _graph[half].Namespace ?? string.Empty);
                foreach (var one in group)
                {
                    var scope = _graph[one].Namespace;
                    foreach (var other in scope is null ? others.SelectMany(all => all) : others[scope].Concat(others[string.Empty]))
                    {
                        Draw(one, other);
                    }
                }
            }
        }

        return _graph.Edges.Count > before;
    }

    private void Draw(int one, int other)
    {
        if (JoinedPair.Of(_graph[one], _graph[other]) is not var (pair, to))
        {
            return;
        }

        var (few, many) = (Ancestors(one), Ancestors(other));
        if (few.Count > many.Count)
        {
            (few, many) = (many, few);
        }

        var both = few.Where(many.Contains).ToList();
        if (both.Count == 0)
        {
            return;
        }

        var target = _graph.Number(to);
        var there = Ancestors(target);
        both.RemoveAll(there.Contains);
        if (both.Count == 0)
        {
            return;
        }

        foreach (var vertex in both)
        {
            _graph.Add(Together(vertex, target, pair, [.. Way(vertex, one), .. Way(vertex, other)]));
        }
    }

    /// <summary>The accounts and users that come there and not to cluster-admin.</summary>
    private HashSet<int> Ancestors(int vertex)
    {
        if (_ancestors.TryGetValue(vertex, out var known))
        {
            return known;
        }

        var (ways, found, waiting) = (new Dictionary<int, ReachEdge>(), new HashSet<int>(), new Queue<int>([vertex]));
        while (waiting.TryDequeue(out var here))
        {
            if (_graph[here].Kind is VertexKind.Account or VertexKind.User)
            {
                found.Add(here);
            }

            foreach (var edge in _graph.To(here))
            {
                if (edge.From != vertex && !_admins.Reaches(edge.From) && ways.TryAdd(edge.From, edge))
                {
                    waiting.Enqueue(edge.From);
                }
            }
        }

        _ways.Add(vertex, ways);
        _ancestors.Add(vertex, found);
        return found;
    }

    /// <summary>How an ancestor comes there.</summary>
    private IEnumerable<ReachEdge> Way(int from, int to)
    {
        for (var here = from; here != to && _ways[to].TryGetValue(here, out var edge); here = edge.To)
        {
            yield return edge;
        }
    }
}
