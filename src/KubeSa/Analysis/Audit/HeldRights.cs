using KubeSa.Rbac;

namespace KubeSa.Analysis.Audit;

/// <summary>What checks ask of rights, in sentences.</summary>
internal static class HeldRights
{
    /// <summary>The rules that allow one of some things, each once.</summary>
    internal static List<HeldRule> AllowedBy(this IEnumerable<HeldRule> held, params RightPattern[] any) =>
        [.. held.Where(rule => any.Any(right => right.In([rule]).Any()))];

    /// <summary>Those that count in the whole cluster.</summary>
    internal static List<HeldRule> ClusterWide(this IEnumerable<HeldRule> held) => [.. held.Where(rule => rule.Scope is null)];

    /// <summary>Those that count in a namespace alone, by namespace.</summary>
    internal static IEnumerable<IGrouping<string, HeldRule>> ByNamespace(this IEnumerable<HeldRule> held) =>
        held.Where(rule => rule.Scope is not null).GroupBy(rule => rule.Scope!, StringComparer.Ordinal);

    /// <summary>
    /// Pairs of rights that only together are a power, by the scopes in which both count; null for the whole cluster. Both sides
    /// are given back, for taking away either ends it.
    /// </summary>
    internal static IEnumerable<(string? Scope, List<HeldRule> Rules)> Together(this Principal principal, RightPattern[] one, RightPattern[] other)
    {
        // One half may come from a group; both from one are told of with the group.
        var own = principal.Rest.ToHashSet();
        var all = own.Concat(principal.Shared).ToList();
        var (ones, others) = (all.AllowedBy(one), all.AllowedBy(other));
        if (ones.Count == 0 || others.Count == 0)
        {
            yield break;
        }

        foreach (var scope in ones.Concat(others).Select(rule => rule.Scope).Distinct().OrderBy(scope => scope ?? string.Empty, StringComparer.Ordinal))
        {
            var here = (Ones: Counting(ones, scope), Others: Counting(others, scope));
            if (here.Ones.Count > 0 && here.Others.Count > 0 && here.Ones.Concat(here.Others).Any(own.Contains))
            {
                yield return (scope, [.. here.Ones.Union(here.Others)]);
                if (scope is null)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>Where a right counts, in words.</summary>
    internal static string Where(string? scope) => scope is null ? "in the whole cluster" : $"in namespace {scope}";

    /// <summary>To which objects: those that are named, or all.</summary>
    internal static string Names(IEnumerable<HeldRule> rules)
    {
        var all = rules.ToList();
        return all.Exists(rule => rule.Rule.ResourceNames.Count == 0)
            ? string.Empty
            : $" (of the names {string.Join(", ", all.SelectMany(rule => rule.Rule.ResourceNames).Distinct().Order(StringComparer.Ordinal))})";
    }

    private static List<HeldRule> Counting(List<HeldRule> rules, string? scope) => [.. rules.Where(rule => rule.Scope is null || rule.Scope == scope)];
}
