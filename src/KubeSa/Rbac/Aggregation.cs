using KubeSa.Api;

namespace KubeSa.Rbac;

/// <summary>From which ClusterRoles the server gathered the rules of aggregated ones.</summary>
internal sealed class Aggregation
{
    // A role may gather from roles that gather, and by a slip from itself.
    private const int Deepest = 8;

    private readonly List<RoleDefinition> _clusterRoles;
    private readonly Dictionary<(string Role, string Rule), IReadOnlyList<string>> _known = [];

    internal Aggregation(IEnumerable<RoleDefinition> roles) => _clusterRoles = [.. roles.Where(role => role.Namespace is null)];

    /// <summary>The roles that hold the rule themselves; through however many aggregated ones it came.</summary>
    internal IReadOnlyList<string> ContributorsOf(RoleDefinition role, RoleRule rule)
    {
        if (role.AggregatedFrom.Count == 0)
        {
            return [];
        }

        var key = (role.Name, RoleRules.Key(rule));
        if (!_known.TryGetValue(key, out var found))
        {
            found = [.. Sources(role, key.Item2, Deepest).Distinct().Order(StringComparer.Ordinal)];
            _known.Add(key, found);
        }

        return found;
    }

    private IEnumerable<string> Sources(RoleDefinition role, string rule, int depth) =>
        from source in _clusterRoles
        where source.Name != role.Name
            && role.AggregatedFrom.Any(selector => LabelSelectorText.Matches(selector, source.Labels))
            && source.Rules.Any(own => RoleRules.Key(own) == rule)
        from name in source.AggregatedFrom.Count == 0 || depth == 0 ? [source.Name] : Sources(source, rule, depth - 1)
        select name;
}
