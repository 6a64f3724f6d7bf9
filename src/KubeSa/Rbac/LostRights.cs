using KubeSa.Api;

namespace KubeSa.Rbac;

/// <summary>What one account may do by RBAC and another may not.</summary>
internal static class LostRights
{
    /// <summary>The rights, each as <c>get, list pods in the namespace 'ns'</c>; empty where the other account has them all.</summary>
    internal static IReadOnlyList<string> Between(IEnumerable<AccessRule> before, IEnumerable<AccessRule> after)
    {
        var held = after.Select(rule => (rule.Scope, Rule: Rule(rule))).ToList();
        return
        [
            .. from rule in before
               from request in Requests(Rule(rule))
               where !held.Any(other => (other.Scope is null || other.Scope == rule.Scope) && other.Rule.Allows(request))
               group request.Verb by (What: What(request), rule.Scope) into lost
               select $"{string.Join(", ", lost.Distinct())} {lost.Key.What} "
                   + (lost.Key.Scope is null ? "in the whole cluster" : $"in the namespace '{lost.Key.Scope}'"),
        ];
    }

    /// <summary>Each single thing that a rule allows; a * is one of them, which only another * covers.</summary>
    internal static IEnumerable<AccessRequest> Requests(RoleRule rule)
    {
        var paths = from verb in rule.Verbs from path in rule.NonResourceUrls select new AccessRequest(verb) { NonResourceUrl = path };
        IEnumerable<string?> names = rule.ResourceNames.Count == 0 ? new string?[] { null } : (IEnumerable<string?>)rule.ResourceNames;
        var resources =
            from verb in rule.Verbs
            from @group in rule.ApiGroups
            from resource in rule.Resources
            let slash = resource.IndexOf('/', StringComparison.Ordinal)
            from name in names
            select new AccessRequest(verb)
            {
                Group = @group,
                Resource = slash < 0 ? resource : resource[..slash],
                Subresource = slash < 0 ? null : resource[(slash + 1)..],
                Name = name,
            };
        return resources.Concat(paths);
    }

    /// <summary>What it is about, without the verb.</summary>
    internal static string What(AccessRequest request) =>
        request.NonResourceUrl ?? (request.Name is null ? request.FullResource : $"{request.FullResource} '{request.Name}'");

    private static RoleRule Rule(AccessRule rule) => new()
    {
        Verbs = rule.Verbs,
        ApiGroups = rule.ApiGroups,
        Resources = rule.Resources,
        ResourceNames = rule.ResourceNames,
        NonResourceUrls = rule.NonResourceUrls,
    };
}
