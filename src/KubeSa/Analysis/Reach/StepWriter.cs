using KubeSa.Rbac;

namespace KubeSa.Analysis.Reach;

/// <summary>Edges as steps that people read: what is done and all that follows from it by itself is one.</summary>
internal sealed class StepWriter(ReachGraph graph)
{
    internal IReadOnlyList<EscalationStep> Write(int from, IReadOnlyList<ReachEdge> path)
    {
        var steps = new List<EscalationStep>();
        var start = from;
        var part = new List<ReachEdge>();
        foreach (var edge in Unfold(path))
        {
            if (edge.IsStep && part.Exists(before => before.IsStep))
            {
                steps.Add(Step(start, part, out start));
                part = [];
            }

            part.Add(edge);
        }

        if (part.Count > 0)
        {
            steps.Add(Step(start, part, out _));
        }

        return steps;
    }

    internal static string RoleText(HeldRule held) => held.Role.Namespace is { } ns ? $"Role {ns}/{held.Role.Name}" : $"ClusterRole {held.Role.Name}";

    internal static string RuleText(HeldRule held) =>
        $"{string.Join(",", held.Rule.Verbs)} {KubeSa.RuleText.Of([.. held.Rule.ApiGroups], [.. held.Rule.Resources], [.. held.Rule.ResourceNames], [.. held.Rule.NonResourceUrls])}";

    /// <summary>What two accounts do together: first the ways to both, as far as they are ways to others.</summary>
    private static IEnumerable<ReachEdge> Unfold(IEnumerable<ReachEdge> path) => path.SelectMany(edge => edge.Before.Count == 0 ? [edge] : Unfold(edge.Before).Append(edge));

    private EscalationStep Step(int start, List<ReachEdge> part, out int end)
    {
        var act = part.Find(edge => edge.IsStep);
        end = part.Select(edge => edge.To).LastOrDefault(vertex => graph[vertex].IsStation, part[^1].To);
        var supports = part.SelectMany(edge => edge.Before.Count == 0 ? edge.Supports : []).Distinct().ToList();
        var groups = supports.Select(held => held.Subject).Where(subject => subject.Kind == "Group").Select(subject => subject.Name).Distinct().ToList();
        var conditions = part.Select(edge => edge.Condition).OfType<string>().Where(text => text.Length > 0).ToList();
        if (groups.Count > 0)
        {
            conditions.Add($"It holds the right as a member of {string.Join(" and ", groups)}.");
        }

        return new EscalationStep
        {
            From = graph[act is { Before.Count: > 0 } ? act.From : start].ToString(),
            To = graph[end].ToString(),
            Edge = act?.Name ?? "Member",
            Binding = Join(supports, held => held.Binding.Name == EdgeContext.NewBinding ? $"{held.Binding.Kind} {EdgeContext.NewBinding}" : $"{held.Binding.Kind} {held.Binding}"),
            Role = Join(supports, RoleText),
            Rule = Join(supports, RuleText, "; "),
            Condition = string.Join(" ", conditions.Distinct()),
            Certainty = part.Min(edge => edge.Certainty),
        };
    }

    private static string? Join(List<HeldRule> supports, Func<HeldRule, string> text, string between = ", ") =>
        supports.Count == 0 ? null : string.Join(between, supports.Select(text).Distinct());
}
