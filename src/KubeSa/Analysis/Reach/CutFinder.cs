using KubeSa.Rbac;

namespace KubeSa.Analysis.Reach;

/// <summary>Something that can be taken away: a binding, or one rule of a role.</summary>
/// <param name="Of">The binding or the rule, of whichever cluster.</param>
/// <param name="Text">What it is called.</param>
internal readonly record struct CutItem(object Of, string Text)
{
    /// <summary>The bindings and rules that an edge needs, the bindings first: to remove one of a role may harm others who hold it.</summary>
    internal static IEnumerable<CutItem> OfEdge(ReachEdge edge, Func<HeldRule, IReadOnlyList<string>> contributors)
    {
        var removable = edge.Supports.Where(held => held.Binding.Name != EdgeContext.NewBinding).ToList();
        foreach (var held in removable)
        {
            yield return new CutItem(held.Binding, $"{held.Binding.Kind} {held.Binding}");
        }

        foreach (var held in removable.Where(held => !held.Role.Labels.ContainsKey("kubernetes.io/bootstrapping")))
        {
            // What an aggregated role has comes back, unless it is removed where it comes from.
            var place = held.Role.AggregatedFrom.Count == 0 ? StepWriter.RoleText(held) : contributors(held) is [var only] ? $"ClusterRole {only}" : null;
            if (place is not null)
            {
                yield return new CutItem(held.Rule, $"rule '{StepWriter.RuleText(held)}' of {place}");
            }
        }
    }
}

/// <summary>
/// The smallest set of bindings or rules without which an account reaches the target in no way: proved by searching again without them.
/// </summary>
internal sealed class CutFinder(ReachGraph graph, HashSet<int> targets, Func<HeldRule, IReadOnlyList<string>> contributors)
{
    private const int Largest = 6;

    // A search is a walk over what the account reaches; of accounts with thousands of ways a smaller set is not looked for any longer.
    private const int MostSearches = 3000;

    private readonly Dictionary<ReachEdge, CutItem[]> _items = [];
    private readonly PathFinder _direct = new(graph, targets, EscalationCertainty.Possible);
    private readonly PathFinder _allowed = new(graph, targets.Concat(graph.Halves), EscalationCertainty.Possible);
    private int _searches;

    /// <summary>The set; null where no set closes all ways, empty where none is open.</summary>
    internal IReadOnlyList<string>? Find(int from)
    {
        _searches = 0;
        var removed = new Removed();
        for (var size = 0; size <= Largest; size++)
        {
            if (Close(from, removed, size))
            {
                return removed.Texts;
            }

            if (_searches > MostSearches)
            {
                break;
            }
        }

        return Greedy(from);
    }

    /// <summary>Tries to close all ways with so many more: whatever set does, has one of the items of the way that is still open.</summary>
    private bool Close(int from, Removed removed, int left)
    {
        if (Open(from, removed) is not { } path)
        {
            return true;
        }

        if (left == 0)
        {
            return false;
        }

        foreach (var item in path.SelectMany(Parts).SelectMany(ItemsOf).Distinct().ToList())
        {
            if (_searches > MostSearches)
            {
                return false;
            }

            removed.Add(item);
            if (Close(from, removed, left - 1))
            {
                return true;
            }

            removed.Remove(item);
        }

        return false;
    }

    /// <summary>Not the smallest, but one that does: the first item of each way that is still open, and then without those that it does not need.</summary>
    private IReadOnlyList<string>? Greedy(int from)
    {
        var removed = new Removed();
        while (Open(from, removed) is { } path)
        {
            var items = path.SelectMany(Parts).SelectMany(ItemsOf).Take(1).ToList();
            if (items.Count == 0)
            {
                return null;
            }

            removed.Add(items[0]);
        }

        foreach (var item in removed.Items)
        {
            removed.Remove(item);
            if (Open(from, removed) is not null)
            {
                removed.Add(item);
            }
        }

        return removed.Texts;
    }

    private static IEnumerable<ReachEdge> Parts(ReachEdge edge) => edge.Before.Count == 0 ? [edge] : edge.Before.SelectMany(Parts);

    private CutItem[] ItemsOf(ReachEdge edge)
    {
        if (!_items.TryGetValue(edge, out var items))
        {
            items = [.. CutItem.OfEdge(edge, contributors)];
            _items.Add(edge, items);
        }

        return items;
    }

    /// <summary>A way that is still open, looked for where it was shortest before; null where there is none.</summary>
    private List<ReachEdge>? Open(int from, Removed removed)
    {
        _searches++;
        var came = new Dictionary<int, ReachEdge?> { [from] = null };
        var waiting = new PriorityQueue<int, int>([(from, 0)]);
        var halves = new List<int>();
        while (waiting.TryDequeue(out var vertex, out _))
        {
            if (targets.Contains(vertex) && vertex != from)
            {
                return Back(came, vertex);
            }

            if (graph[vertex].Kind == VertexKind.Half)
            {
                Join(from, vertex, halves, came, waiting);
            }

            foreach (var edge in graph.From(vertex))
            {
                if (edge.Before.Count == 0 && _allowed.Reaches(edge.To) && !came.ContainsKey(edge.To) && !removed.Closes(edge))
                {
                    came.Add(edge.To, edge);
                    waiting.Enqueue(edge.To, _direct.Steps(edge.To) ?? int.MaxValue);
                }
            }
        }

        return null;
    }

    /// <summary>What two halves that were both come to lead to.</summary>
    private void Join(int from, int half, List<int> halves, Dictionary<int, ReachEdge?> came, PriorityQueue<int, int> waiting)
    {
        foreach (var other in halves)
        {
            if (JoinedPair.Of(graph[half], graph[other]) is var (pair, to) && graph.Find(to) is { } target && !came.ContainsKey(target))
            {
                came.Add(target, JoinedEdges.Together(from, target, pair, [.. Back(came, half), .. Back(came, other)]));
                waiting.Enqueue(target, 0);
            }
        }

        halves.Add(half);
    }

    private static List<ReachEdge> Back(Dictionary<int, ReachEdge?> came, int vertex)
    {
        var path = new List<ReachEdge>();
        for (var edge = came[vertex]; edge is not null; edge = came[edge.From])
        {
            path.Add(edge);
        }

        path.Reverse();
        return path;
    }

    /// <summary>What is taken away for the moment. By reference, for it is asked of every edge of every search.</summary>
    private sealed class Removed
    {
        private readonly Dictionary<object, string> _items = new(ReferenceEqualityComparer.Instance);

        internal IReadOnlyList<string> Texts => [.. _items.Values];

        internal IReadOnlyList<CutItem> Items => [.. _items.Select(item => new CutItem(item.Key, item.Value))];

        internal void Add(CutItem item) => _items[item.Of] = item.Text;

        internal void Remove(CutItem item) => _items.Remove(item.Of);

        internal bool Closes(ReachEdge edge)
        {
            if (_items.Count == 0)
            {
                return false;
            }

            foreach (var held in edge.Supports)
            {
                if (_items.ContainsKey(held.Binding) || _items.ContainsKey(held.Rule))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
