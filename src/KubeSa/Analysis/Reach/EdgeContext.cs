using KubeSa.Analysis.Snapshot;
using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Reach;

/// <summary>What those who draw edges share: the graph, the facts of one cluster, and who is still to be looked at.</summary>
internal sealed class EdgeContext(ReachGraph graph, ClusterFacts facts)
{
    internal const EscalationCertainty Certain = EscalationCertainty.Certain;
    internal const EscalationCertainty Likely = EscalationCertainty.Likely;
    internal const EscalationCertainty Possible = EscalationCertainty.Possible;

    private readonly Queue<Holder> _waiting = [];
    private readonly HashSet<Vertex> _queued = [];

    internal ReachGraph Graph => graph;

    internal ClusterFacts Facts => facts;

    internal AccessSnapshot Snapshot => facts.Snapshot;

    internal RbacPolicy Policy => facts.Snapshot.Policy;

    internal RuleAnswers Answers { get; } = new();

    internal Vertex V(VertexKind kind, string? ns = null, string? name = null) => new(kind, facts.Number, ns, name);

    internal Vertex Account(string ns, string name) => Vertex.Account(facts.Number, ns, name);

    internal void Step(Holder from, Vertex to, string name, EscalationCertainty certainty, string condition, params Right[] rights) =>
        graph.Step(from.Vertex, to, name, certainty, condition, [.. rights.Select(right => right.Held)]);

    /// <summary>Has the edges of somebody drawn, once.</summary>
    internal void Enqueue(Vertex vertex, Func<IReadOnlyList<HeldRule>> rules)
    {
        if (_queued.Add(vertex))
        {
            _waiting.Enqueue(new Holder(vertex, rules(), Answers));
        }
    }

    internal bool Next(out Holder holder) => _waiting.TryDequeue(out holder!);

    /// <summary>Where something is allowed, in words.</summary>
    internal static string In(string? scope) => scope is null ? "in every namespace" : $"in namespace {scope}";

    /// <summary>The rules of a role as somebody would hold them who bound it to himself.</summary>
    internal static IEnumerable<HeldRule> Given(RoleDefinition role, string? scope)
    {
        var binding = new RoleBinding
        {
            Namespace = scope,
            Name = NewBinding,
            RoleKind = role.Namespace is null ? "ClusterRole" : "Role",
            Role = role.Name,
            Subjects = [],
        };
        return Enumerable.Range(0, role.Rules.Count)
            .Where(index => scope is null || role.Rules[index].NonResourceUrls.Count == 0)
            .Select(index => new HeldRule(binding, role, index, new RoleSubject("User", null, "-")));
    }

    /// <summary>What a binding is called that nobody has created yet; no cut can remove it.</summary>
    internal const string NewBinding = "(new)";
}
