using KubeSa.Analysis.Snapshot;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Reach;

/// <summary>
/// Finds, for accounts of one cluster or of several, the shortest paths to a target: the surest, and beside it each shorter one that is
/// less sure.
/// </summary>
internal sealed class EscalationSearch
{
    private static readonly EscalationCertainty[] Surest = [EscalationCertainty.Certain, EscalationCertainty.Likely, EscalationCertainty.Possible];

    private readonly IReadOnlyList<AccessSnapshot> _snapshots;
    private readonly ReachGraph _graph;
    private readonly PathFinder[] _finders;
    private readonly CutFinder _cuts;
    private readonly Dictionary<int, string[]> _known = [];
    private readonly HashSet<int> _targets;

    internal EscalationSearch(IReadOnlyList<AccessSnapshot> snapshots, ReachTarget target)
        : this(snapshots, GraphBuilder.Build(snapshots), target)
    {
    }

    internal EscalationSearch(IReadOnlyList<AccessSnapshot> snapshots, ReachGraph graph, ReachTarget target)
    {
        (_snapshots, _graph) = (snapshots, graph);
        _targets = [.. target.In(graph, snapshots.Count)];
        _finders = Array.ConvertAll(Surest, least => new PathFinder(graph, _targets, least));
        _cuts = new CutFinder(graph, _targets, ContributorsOf);
        IsKnown = _targets.Count > 0;
    }

    /// <summary>Whether any snapshot has the target at all.</summary>
    internal bool IsKnown { get; }

    /// <summary>Whether to look for what closes the paths, which takes most of the time where there are many.</summary>
    internal bool WithCuts { get; init; } = true;

    /// <summary>The paths of an account, the surest first; empty for none within the steps.</summary>
    internal IEnumerable<EscalationPath> Of(int cluster, string ns, string name, int mostSteps)
    {
        if (_graph.Find(Vertex.Account(cluster, ns, name)) is not { } from || _targets.Contains(from))
        {
            yield break;
        }

        var shortest = int.MaxValue;
        foreach (var finder in _finders)
        {
            if (finder.Steps(from) is not { } steps || steps > mostSteps || steps >= shortest)
            {
                continue;
            }

            shortest = steps;
            var edges = finder.From(from);
            var written = new StepWriter(_graph).Write(from, edges);
            yield return new EscalationPath
            {
                Namespace = ns,
                ServiceAccount = name,
                To = Title(edges[^1].To, cluster),
                Certainty = edges.Min(edge => edge.Certainty),
                Steps = [.. written],
                Cut = WithCuts ? CutOf(from) : [],
            };
        }
    }

    /// <summary>An account without bindings of its own has the paths of its group, and their cut.</summary>
    private string[] CutOf(int from)
    {
        var at = _graph.From(from) is [{ IsStep: false } only] ? only.To : from;
        if (!_known.TryGetValue(at, out var cut))
        {
            cut = [.. _cuts.Find(at) ?? []];
            _known.Add(at, cut);
        }

        return cut;
    }

    private string Title(int vertex, int cluster) =>
        _graph[vertex].Cluster == cluster ? _graph[vertex].ToString() : $"{_graph[vertex]} in {_snapshots[_graph[vertex].Cluster].Cluster.Name}";

    private IReadOnlyList<string> ContributorsOf(HeldRule held) => held.Role.AggregatedFrom.Count == 0
        ? []
        : _snapshots.Select(snapshot => snapshot.Policy.ContributorsOf(held.Role, held.Rule)).FirstOrDefault(found => found.Count > 0) ?? [];
}
