using KubeSa.Rbac;

namespace KubeSa.Analysis.Audit.Checks;

/// <summary>Accounts that may do everything, or everything of a kind.</summary>
internal static class AdminChecks
{
    internal static IEnumerable<AuditCheck> All =>
    [
        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-ADMIN",
            Title = "An account may do everything in the cluster",
            LooksFor = "A rule with every verb on every resource of every API group, given in the whole cluster to the account or to a group that all its kind are in. The rules of the role count, not its name.",
            Why = "Whoever gets into one pod that runs as the account, or gets hold of one of its tokens, owns the cluster.",
            Severity = AuditSeverity.Critical,
            Remedy = "Bind a role with the rights that the account uses, in the namespaces where it uses them.",
            Reference = "CIS Kubernetes Benchmark 5.1.1; Kubernetes RBAC good practices: least privilege",
        }, (principal, _) => Hit(
            [.. principal.Everything.ClusterWide()], AuditSeverity.Critical, $"{principal.Words} may do everything in the whole cluster.")),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-NSADMIN",
            Title = "An account may do everything in a namespace",
            LooksFor = "A rule with every verb on every resource of every API group, given by a RoleBinding.",
            Why = "The account may read all Secrets of the namespace, run pods as all of its accounts and change their rights.",
            Severity = AuditSeverity.High,
            Remedy = "Bind the ClusterRole edit, or a role of the account's own.",
            Reference = "CIS Kubernetes Benchmark 5.1.3",
        }, (principal, _) => Hit(
            [.. principal.Everything.Where(held => held.Scope is not null)],
            AuditSeverity.High,
            $"{principal.Words} may do everything in {Plural(principal.Everything)}.")),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-WILDVERB",
            Title = "A rule allows every verb",
            LooksFor = "A rule with the verb * on some resources, other than one that allows everything.",
            Why = "The * includes verbs that nobody thinks of, and those that come with later versions: impersonate, bind, escalate, approve, use, deletecollection.",
            Severity = AuditSeverity.Medium,
            Remedy = "List the verbs that are used.",
            Reference = "CIS Kubernetes Benchmark 5.1.3",
        }, (principal, _) => principal.Rest.Where(held => held.Rule.Verbs.Contains("*") && held.Rule.Resources.Count > 0).GroupBy(held => held.Role).SelectMany(role => Hit(
            [.. role], AuditSeverity.Medium, $"{principal.Words} may use every verb on {Resources(role)}."))),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-WILDRES",
            Title = "A rule is about every resource",
            LooksFor = "A rule with the resource * and verbs that read or write. A rule of */scale is about one subresource and is not meant.",
            Why = "The * includes Secrets, subresources such as pods/exec, and the resources of operators that are installed later.",
            Severity = AuditSeverity.High,
            Remedy = "List the resources that are used.",
            Reference = "CIS Kubernetes Benchmark 5.1.3",
        }, (principal, _) => principal.Rest.Where(held => held.Rule.Resources.Contains("*") && !IsNamed(held)).GroupBy(held => held.Role).SelectMany(role => Hit(
            [.. role], AuditSeverity.High, $"{principal.Words} may {Verbs(role)} every resource of {Groups(role)}."))),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-WILDGROUP",
            Title = "A rule is about every API group",
            LooksFor = "A rule with the API group * and resources that are named.",
            Why = "Resources of different groups have the same name; a rule for one is then a rule for all of them, also for those of operators that are installed later.",
            Severity = AuditSeverity.Low,
            Remedy = "Name the API group; the core group is the empty text.",
            Reference = "Kubernetes RBAC good practices: avoid wildcards",
        }, (principal, _) => principal.Rest.Where(held => held.Rule.ApiGroups.Contains("*") && !held.Rule.Resources.Contains("*") && held.Rule.Resources.Count > 0)
            .GroupBy(held => held.Role).SelectMany(role => Hit(
                [.. role], AuditSeverity.Low, $"{principal.Words} may {Verbs(role)} {Resources(role)} of every API group."))),
    ];

    private static IEnumerable<AuditHit> Hit(List<HeldRule> rights, AuditSeverity severity, string message) =>
        rights.Count == 0 ? [] : [new AuditHit(severity, message) { Rights = rights }];

    private static bool IsNamed(HeldRule held) => held.Rule.ResourceNames.Count > 0;

    private static string Plural(IEnumerable<HeldRule> rights) =>
        string.Join(", ", rights.Where(held => held.Scope is not null).Select(held => $"namespace {held.Scope}").Distinct());

    private static string Verbs(IEnumerable<HeldRule> rights) => List(rights.SelectMany(held => held.Rule.Verbs), "use every verb on");

    private static string Groups(IEnumerable<HeldRule> rights) =>
        List(rights.SelectMany(held => held.Rule.ApiGroups).Select(group => group.Length == 0 ? "the core group" : group), "every API group");

    private static string Resources(IEnumerable<HeldRule> rights) => List(rights.SelectMany(held => held.Rule.Resources), "every resource");

    private static string List(IEnumerable<string> texts, string all)
    {
        var some = texts.Distinct().Order(StringComparer.Ordinal).ToList();
        return some.Contains("*") ? all : string.Join(", ", some);
    }
}
