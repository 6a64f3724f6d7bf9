using KubeSa.Rbac;

namespace KubeSa.Analysis.Reach;

/// <summary>Something that can be taken away: a binding, or one rule of a role.</summary>
/// <param name="Text">What it is called.</param>
/// <param name="Of">The binding, or the rule, of whichever cluster.</param>
internal sealed record CutItem(string Text, object Of)
{
    /// <summary>The bindings and rules that an edge needs, the bindings first: to remove one of a role may harm others who hold it.</summary>
    internal static IEnumerable<CutItem> OfEdge(ReachEdge edge, Func<HeldRule, IReadOnlyList<string>> contributors)
    {
        foreach (var held in edge.Supports.Where(held => held.Binding.Name != EdgeContext.NewBinding))
        {
            yield return OfBinding(held);
        }

        foreach (var held in edge.Supports.Where(held => held.Binding.Name != EdgeContext.NewBinding && !held.Role.Labels.ContainsKey("kubernetes.io/bootstrapping")))
        {
            if (OfRule(held, contributors(held)) is { } rule)
            {
                yield return rule;
            }
        }
    }

    private static CutItem OfBinding(HeldRule held) => new($"{held.Binding.Kind} {held.Binding}", held.Binding);

    /// <summary>A rule; of an aggregated role only where it comes from one other, in which it can be removed.</summary>
    private static CutItem? OfRule(HeldRule held, IReadOnlyList<string> contributors) => (held.Role.AggregatedFrom.Count, contributors) switch
    {
        (0, _) => new CutItem($"rule '{StepWriter.RuleText(held)}' of {StepWriter.RoleText(held)}", held.Rule),
        (_, [var only]) => new CutItem($"rule '{StepWriter.RuleText(held)}' of ClusterRole {only}", held.Rule),
        _ => null,
    };
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
    private readonly PathFinder _allowed = new(graph, targets.Concat(graph.Halves), EscalationCertainty.Possible);
    private int _searches;

    /// <summary>The set; null where no set closes all ways, empty where none is open.</summary>
    internal IReadOnlyList<CutItem>? Find(int from)
    {
        _searches = 0;
        var removed = new HashSet<CutItem>();
        for (var size = 0; size <= Largest; size++)
        {
            if (Close(from, removed, size))
            {
                return [.. removed];
            }

            if (_searches > MostSearches)
            {
                break;
            }
        }

        return Greedy(from);
    }

    /// <summary>Tries to close all ways with so many more: whatever set does, has one of the items of the way that is still open.</summary>
    private bool Close(int from, HashSet<CutItem> removed, int left)
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
    private List<CutItem>? Greedy(int from)
    {
        var removed = new HashSet<CutItem>();
        while (Open(from, removed) is { } path)
        {
            if (path.SelectMany(Parts).SelectMany(ItemsOf).FirstOrDefault() is not { } item)
            {
                return null;
            }

            removed.Add(item);
        }

        foreach (var item in removed.ToList())
        {
            removed.Remove(item);
            if (Open(from, removed) is not null)
            {
                removed.Add(item);
            }
        }

        return [.. removed];
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

    /// <summary>A shortest way that is still open; null where there is none.</summary>
    private List<ReachEdge>? Open(int from, HashSet<CutItem> removed)
    {
        _searches++;
        var came = new Dictionary<int, ReachEdge?> { [from] = null };
        var waiting = new Queue<int>([from]);
        var halves = new List<int>();
        while (waiting.TryDequeue(out var vertex))
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
                if (edge.Before.Count == 0 && _allowed.Reaches(edge.To) && !came.ContainsKey(edge.To) && !(removed.Count > 0 && edge.Supports.Length > 0 && ItemsOf(edge).Any(removed.Contains)))
                {
                    came.Add(edge.To, edge);
                    waiting.Enqueue(edge.To);
                }
            }
        }

        return null;
    }

    /// <summary>What two halves that were both come to lead to.</summary>
    private void Join(int from, int half, List<int> halves, Dictionary<int, ReachEdge?> came, Queue<int> waiting)
    {
        foreach (var other in halves)
        {
            if (JoinedPair.Of(graph[half], graph[other]) is var (pair, to) && graph.Find(to) is { } target && !came.ContainsKey(target))
            {
                came.Add(target, JoinedEdges.Together(from, target, pair, [.. Back(came, half), .. Back(came, other)]));
                waiting.Enqueue(target);
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
}
