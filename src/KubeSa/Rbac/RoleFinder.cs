using KubeSa.Api;

namespace KubeSa.Rbac;

/// <summary>Finds roles that would allow something.</summary>
internal static class RoleFinder
{
    /// <summary>The ClusterRoles, and the roles of the request's namespace, of which a rule allows what is asked for.</summary>
    internal static async Task<IReadOnlyList<RoleEvidence>> FindAsync(IRbacApi api, AccessRequest request, CallContext call)
    {
        var found = await AllowingAsync(api.ListClusterRolesAsync(call), request).ConfigureAwait(false);
        if (request.Namespace is { } ns)
        {
            found.AddRange(await AllowingAsync(api.ListRolesAsync(new ListQuery(ns), call), request).ConfigureAwait(false));
        }

        return found;
    }

    private static async Task<List<RoleEvidence>> AllowingAsync(IAsyncEnumerable<Page<RoleDefinition>> pages, AccessRequest request)
    {
        var found = new List<RoleEvidence>();
        await foreach (var page in pages.ConfigureAwait(false))
        {
            found.AddRange(page.Items.Where(role => role.Rules.Any(rule => rule.Allows(request))).Select(ToEvidence));
        }

        return found;
    }

    private static RoleEvidence ToEvidence(RoleDefinition role) => new()
    {
        Namespace = role.Namespace,
        Name = role.Name,
        Rules =
        [
            .. role.Rules.Select(rule => new RuleEvidence
            {
                Verbs = rule.Verbs,
                ApiGroups = rule.ApiGroups,
                Resources = rule.Resources,
                ResourceNames = rule.ResourceNames,
                NonResourceUrls = rule.NonResourceUrls,
            }),
        ],
    };
}
