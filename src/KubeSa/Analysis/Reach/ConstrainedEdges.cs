using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Reach;

/// <summary>
/// Constrained impersonation (KEP-5284): whoever may impersonate in a mode and holds impersonate-on for a verb may do just that as the
/// other, as far as the other may. On from Kubernetes 1.36.
/// </summary>
internal static class ConstrainedEdges
{
    private const string AccountMode = "serviceaccount";
    private const string UserMode = "user-info";
    private const int Since = 36;

    // The rights of each are computed; a rule without names would lead to all accounts of a cluster.
    private const int MostTargets = 200;

    internal static void Add(EdgeContext context, Holder holder)
    {
        if (context.Facts.Minor < Since || holder.Vertex.Kind is VertexKind.ActingAs or VertexKind.RoleHolder)
        {
            return;
        }

        foreach (var right in holder.May(Questions.ImpersonateAccountsConstrained))
        {
            var bound = ImpersonationEdges.Named(context, right).Where(account => right.Names is not null || IsBound(context, account));
            foreach (var (ns, name) in bound.Take(MostTargets))
            {
                ActAs(context, holder, right, AccountMode, $"{ns}/{name}", () => context.Policy.RulesFor(ns, name));
            }
        }

        foreach (var right in holder.May(Questions.ImpersonateUsersConstrained))
        {
            var users = right.Names ?? [.. context.Snapshot.Bindings.SelectMany(binding => binding.Subjects).Where(subject => subject.Kind == "User").Select(subject => subject.Name).Distinct()];
            foreach (var user in users.Where(user => ServiceAccountNames.Parse(user) is null).Take(MostTargets))
            {
                ActAs(context, holder, right, UserMode, user, () => context.Policy.RulesFor(user, ["system:authenticated"]));
            }
        }
    }

    private static bool IsBound(EdgeContext context, (string Namespace, string Name) account) =>
        context.Policy.BindingsFor(ServiceAccountNames.UserName(account.Namespace, account.Name), []).Any();

    private static void ActAs(EdgeContext context, Holder holder, Right right, string mode, string who, Func<IEnumerable<HeldRule>> rules)
    {
        var prefix = $"impersonate-on:{mode}:";
        var on = holder.Rules.Where(held => held.Rule.Verbs.Any(verb => verb.StartsWith(prefix, StringComparison.Ordinal))).ToList();
        var shared = rules().SelectMany(held => on.Select(limit => Intersect(held, limit, prefix))).OfType<HeldRule>().ToList();
        if (shared.Count == 0)
        {
            return;
        }

        var acting = context.V(VertexKind.ActingAs, null, $"{holder.Vertex} acting as {who}");
        context.Graph.Step(holder.Vertex, acting, "ImpersonateConstrained", context.Facts.Minor is null ? EdgeContext.Possible : EdgeContext.Certain,
            $"The verbs impersonate:{mode} and {prefix}... together let it do what both allow, as {who}.{(context.Facts.Minor is null ? " The server's version is not known, and they mean something from 1.36 on." : string.Empty)}",
            [right.Held, .. on]);
        context.Enqueue(acting, () => shared);
    }

    /// <summary>What both the rule of the other and the limit allow; null where nothing.</summary>
    private static HeldRule? Intersect(HeldRule held, HeldRule limit, string prefix)
    {
        if (limit.Scope is not null && held.Scope is not null && limit.Scope != held.Scope)
        {
            return null;
        }

        string[] allowed = [.. limit.Rule.Verbs.Where(verb => verb.StartsWith(prefix, StringComparison.Ordinal)).Select(verb => verb[prefix.Length..])];
        var rule = new RoleRule
        {
            Verbs = Shared(held.Rule.Verbs, allowed),
            ApiGroups = Shared(held.Rule.ApiGroups, limit.Rule.ApiGroups),
            Resources = Shared(held.Rule.Resources, limit.Rule.Resources),
            ResourceNames = held.Rule.ResourceNames.Count == 0 ? limit.Rule.ResourceNames
                : limit.Rule.ResourceNames.Count == 0 ? held.Rule.ResourceNames : [.. held.Rule.ResourceNames.Intersect(limit.Rule.ResourceNames)],
        };
        var noNames = rule.ResourceNames.Count == 0 && (held.Rule.ResourceNames.Count > 0 || limit.Rule.ResourceNames.Count > 0);
        if (rule.Verbs.Count == 0 || rule.ApiGroups.Count == 0 || rule.Resources.Count == 0 || noNames)
        {
            return null;
        }

        var role = new RoleDefinition(held.Role.Namespace, held.Role.Name, [rule]);
        var scope = held.Scope ?? limit.Scope;
        return new HeldRule(
            scope == held.Scope ? held.Binding : new RoleBinding { Namespace = scope, Name = EdgeContext.NewBinding, RoleKind = held.Binding.RoleKind, Role = held.Role.Name, Subjects = [] },
            role, 0, held.Subject);
    }

    // A star of one side leaves what the other has.
    private static string[] Shared(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Contains("*") ? [.. other] : other.Contains("*") ? [.. one] : [.. one.Intersect(other)];
}
