using KubeSa.Api;

namespace KubeSa.Rbac;

/// <summary>Rules of new roles, and how rules stand to each other.</summary>
internal static class RoleRules
{
    private const int LongestName = 200;

    /// <summary>A rule for each API group, as kubectl create role makes them.</summary>
    internal static IReadOnlyList<RoleRule> For(IEnumerable<string> verbs, IEnumerable<AccessTarget> targets, IEnumerable<string> names) =>
    [
        .. targets.GroupBy(target => target.Group).Select(group => new RoleRule
        {
            Verbs = [.. verbs.Distinct()],
            ApiGroups = [group.Key],
            Resources = [.. group.Select(target => target.Subresource is { } sub ? $"{target.Resource}/{sub}" : target.Resource).Distinct()],
            ResourceNames = [.. names.Distinct()],
        }),
    ];

    /// <summary>Whether both allow the very same, in whatever order they list it.</summary>
    internal static bool AreSame(IReadOnlyList<RoleRule> one, IReadOnlyList<RoleRule> other) =>
        one.Count == other.Count && one.Select(Key).ToHashSet().SetEquals(other.Select(Key));

    /// <summary>A name that tells what the role allows: <c>get-list-pods</c>.</summary>
    internal static string NameOf(IReadOnlyList<RoleRule> rules)
    {
        var words = rules[0].Verbs.Concat(rules.SelectMany(rule => rule.Resources)).Concat(rules.SelectMany(rule => rule.ResourceNames));
        var name = string.Join("-", words).ToLowerInvariant().Replace("*", "all", StringComparison.Ordinal);
        var safe = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        return safe.Length <= LongestName ? safe : safe[..LongestName].TrimEnd('-');
    }

    /// <summary>The role as it is shown.</summary>
    internal static Role ToModel(RoleDefinition role) => new()
    {
        Namespace = role.Namespace,
        Name = role.Name,
        Rules = [.. role.Rules.Select(ToModel)],
        AggregatedFrom = [.. role.AggregatedFrom],
        Labels = new Dictionary<string, string>(role.Labels),
        CreationTimestamp = role.CreationTimestamp,
        Uid = role.Uid,
        ResourceVersion = role.ResourceVersion,
    };

    private static PolicyRule ToModel(RoleRule rule) => new()
    {
        Verbs = [.. rule.Verbs],
        ApiGroups = [.. rule.ApiGroups],
        Resources = [.. rule.Resources],
        ResourceNames = [.. rule.ResourceNames],
        NonResourceUrls = [.. rule.NonResourceUrls],
    };

    /// <summary>The same text for rules that allow the very same.</summary>
    internal static string Key(RoleRule rule) => string.Join('|', new[] { rule.Verbs, rule.ApiGroups, rule.Resources, rule.ResourceNames, rule.NonResourceUrls }
        .Select(list => string.Join(',', list.Distinct().Order(StringComparer.Ordinal))));
}
