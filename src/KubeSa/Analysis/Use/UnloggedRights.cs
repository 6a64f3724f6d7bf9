using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Use;

/// <summary>
/// Rights that the server checks while it answers a request for another, without an event of their own. Those that are held and that a
/// request of the log may have needed are kept, since no log can prove that they are not.
/// </summary>
internal static class UnloggedRights
{
    private static readonly string[] Writing = ["create", "update", "patch"];

    /// <summary>Whether no log can show the use of a right.</summary>
    internal static bool CannotBeLogged(string verb, string resource) =>
        verb is "bind" or "escalate" or "approve" or "sign" or "attest" or "use" || resource.EndsWith("/finalizers", StringComparison.Ordinal);

    /// <summary>The rules to keep, out of those that the account holds by bindings of its own.</summary>
    internal static IEnumerable<PlannedRule> Kept(IReadOnlyList<HeldRule> own, IReadOnlyList<UsedRequest> uses)
    {
        bool Wrote(params string[] resources) => uses.Any(use => Writing.Contains(use.Kind.Verb) && (resources.Length == 0 || resources.Contains(Full(use.Kind))));
        var triggers = new (string Verb, bool IsTriggered)[]
        {
            ("bind", Wrote("rolebindings", "clusterrolebindings")), ("escalate", Wrote("roles", "clusterroles")),
            ("approve", Wrote("certificatesigningrequests/approval")), ("sign", Wrote("certificatesigningrequests/status")),
            ("attest", Wrote("clustertrustbundles")), ("use", Wrote("pods", "deployments", "jobs", "cronjobs", "daemonsets", "statefulsets", "replicasets")),
        };
        var kept = new List<PlannedRule>();
        foreach (var held in own)
        {
            foreach (var (verb, isTriggered) in triggers.Where(trigger => trigger.IsTriggered))
            {
                if (held.Rule.Verbs.Contains(verb))
                {
                    kept.Add(new PlannedRule(held.Scope, held.Rule with { Verbs = [verb] }, [], $"kept: the server checks {verb} without an event, and requests of the log may have needed it"));
                }
                else if (held.Rule.Verbs.Contains("*") && verb is "bind" or "escalate" && Roles(held.Rule) is { Count: > 0 } roles)
                {
                    kept.Add(new PlannedRule(
                        held.Scope,
                        new RoleRule { Verbs = [verb], ApiGroups = ["rbac.authorization.k8s.io"], Resources = roles, ResourceNames = held.Rule.ResourceNames },
                        [],
                        $"kept: the account writes roles or bindings, and rights to {verb} are checked without an event"));
                }
            }

            var finalizers = held.Rule.Resources.Where(resource => resource.EndsWith("/finalizers", StringComparison.Ordinal)).ToList();
            if (finalizers.Count > 0 && Wrote())
            {
                kept.Add(new PlannedRule(held.Scope, held.Rule with { Resources = finalizers }, [], "kept: where owners are checked, the server asks for finalizers without an event"));
            }
        }

        return kept.GroupBy(rule => (rule.Namespace, RoleRules.Key(rule.Rule))).Select(same => same.First());
    }

    private static List<string> Roles(RoleRule rule) => rule.ApiGroups.Any(group => group is "*" or "rbac.authorization.k8s.io")
        ? [.. ((string[])["clusterroles", "roles"]).Where(resource => rule.Resources.Contains("*") || rule.Resources.Contains(resource))]
        : [];

    private static string Full(UseKind kind) => kind.Subresource.Length == 0 ? kind.Resource : $"{kind.Resource}/{kind.Subresource}";
}
