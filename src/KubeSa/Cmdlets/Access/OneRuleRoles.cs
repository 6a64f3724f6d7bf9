using System.Globalization;
using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Cmdlets;

/// <summary>Lists what the function lists, on the pipeline's thread.</summary>
internal delegate IEnumerable<RoleDefinition> RoleList(Func<CallContext, IAsyncEnumerable<Page<RoleDefinition>>> list);

/// <summary>
/// The roles that allow just what verbs and resources say: one that is there already with the same rules, else one to create. Each
/// namespace is looked at once, however many accounts get the role.
/// </summary>
internal sealed class OneRuleRoles(
    string[] verbs,
    string[] resources,
    string[] names,
    RoleList list,
    Func<Connection, ResourceArgument, ResourceLookup> find,
    Action<string> warn)
{
    private readonly Dictionary<(Connection Cluster, string? Namespace), (string Name, RoleDefinition? New)> _roles = [];

    /// <summary>What a role allows, for use in a sentence.</summary>
    internal static string Tell(RoleDefinition role) => string.Join("; ", RoleRules.ToModel(role).Rules.Select(rule => rule.ToString()));

    /// <summary>The name of the role in a namespace, or (null) of the ClusterRole.</summary>
    internal string NameFor(Connection cluster, string? ns)
    {
        if (!_roles.TryGetValue((cluster, ns), out var role))
        {
            role = Choose(cluster, ns);
            _roles.Add((cluster, ns), role);
        }

        return role.Name;
    }

    /// <summary>The role that must be created before it is granted; null where it is there.</summary>
    internal RoleDefinition? NewRole(RoleGrant grant) => _roles[(grant.Cluster, grant.Namespace)].New;

    /// <summary>Remembers that the role is there now.</summary>
    internal void IsCreated(RoleGrant grant) => _roles[(grant.Cluster, grant.Namespace)] = (grant.Role, null);

    private (string Name, RoleDefinition? New) Choose(Connection cluster, string? ns)
    {
        var rules = new RuleQuestions(argument => find(cluster, argument), warn).Rules(verbs, resources, names);
        var roles = list(call => ns is null ? cluster.Api.ListClusterRolesAsync(call) : cluster.Api.ListRolesAsync(new ListQuery(ns), call)).ToList();

        // A role of the system or an aggregated one may have other rules tomorrow.
        var same = roles.Where(role => role.AggregatedFrom.Count == 0 && !role.Name.StartsWith("system:", StringComparison.Ordinal))
            .FirstOrDefault(role => RoleRules.AreSame(role.Rules, rules));
        if (same is not null)
        {
            return (same.Name, null);
        }

        var taken = roles.Select(role => role.Name).ToHashSet();
        var name = RoleRules.NameOf(rules);
        var free = Enumerable.Range(1, taken.Count + 1)
            .Select(number => number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"))
            .First(candidate => !taken.Contains(candidate));
        return (free, new RoleDefinition(ns, free, rules));
    }
}
