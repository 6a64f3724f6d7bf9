using KubeSa.Rbac;

namespace KubeSa.Analysis.Audit.Checks;

/// <summary>Accounts that may become others: by their tokens, by impersonation, by writing rights.</summary>
internal static class IdentityChecks
{
    private const string Rbac = "rbac.authorization.k8s.io";
    private const string GoodPractices = "Kubernetes RBAC good practices: privilege escalation risks";

    private static readonly RightPattern[] ImpersonateUsers = RightPattern.Of("impersonate", string.Empty, "users");
    private static readonly RightPattern[] ImpersonateAccounts = RightPattern.Of("impersonate", string.Empty, "serviceaccounts");
    private static readonly RightPattern[] ImpersonateGroups = RightPattern.Of("impersonate", string.Empty, "groups");
    private static readonly RightPattern[] Bind = [.. RightPattern.Of("bind", Rbac, "clusterroles"), .. RightPattern.Of("bind", Rbac, "roles")];
    private static readonly RightPattern[] WriteRoleBindings = RightPattern.Of("create update patch", Rbac, "rolebindings");
    private static readonly RightPattern[] WriteClusterBindings = RightPattern.Of("create update patch", Rbac, "clusterrolebindings");

    private static readonly string[] RoleKinds = ["clusterroles", "roles"];

    // By the verbs that constrained impersonation splits into (KEP-5284).
    private static readonly string[] Modes = ["user-info", "serviceaccount", "arbitrary-node", "associated-node"];

    internal static IEnumerable<AuditCheck> All =>
    [
        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-TOKENREQUEST",
            Title = "An account may get tokens of other accounts",
            LooksFor = "create of serviceaccounts/token. resourceNames restrict it, for the account's name is in the path.",
            Why = "A token of an account is the account, for whatever audience is asked, cloud providers included.",
            Severity = AuditSeverity.Critical,
            Remedy = "Name the accounts (resourceNames) whose tokens are needed.",
            Reference = "CIS Kubernetes Benchmark 5.1.13; " + GoodPractices,
        }, (principal, view) => ByScope(principal.Rest.AllowedBy(new RightPattern("create", string.Empty, "serviceaccounts", "token"))).Select(scope => new AuditHit(
            scope.Key.Length == 0 ? AuditSeverity.Critical : AuditSeverity.High,
            $"{principal.Words} may get tokens of service accounts{HeldRights.Names(scope)} {HeldRights.Where(NullIfEmpty(scope.Key))}{Reached(principal, view, NullIfEmpty(scope.Key))}")
        {
            Rights = [.. scope],
            Key = scope.Key,
        })),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-IMPERSONATE",
            Title = "An account may act as other users",
            LooksFor = "impersonate on users (in the whole cluster) or on serviceaccounts; with it, what it adds on groups, uids and userextras. groups alone cannot be used: the server refuses a request without a user name.",
            Why = "With users and groups it acts as system:masters, whom nothing is refused.",
            Severity = AuditSeverity.Critical,
            Remedy = "Name the users (resourceNames); from 1.36 on use constrained impersonation, which names what may be done, too.",
            Reference = "CIS Kubernetes Benchmark 5.1.8; " + GoodPractices,
        }, Impersonation),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-IMPERSONATE-CONSTRAINED",
            Title = "An account may act as other users for some verbs",
            LooksFor = "impersonate:MODE together with impersonate-on:MODE:VERB, in the group authentication.k8s.io. One without the other does nothing, and system:masters is refused.",
            Why = "It may do the listed things with the rights of those whom it may name.",
            Severity = AuditSeverity.Medium,
            Remedy = "Check that the users that are named and the verbs are those that are needed.",
            Reference = "KEP-5284 constrained impersonation",
        }, Constrained),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-BIND",
            Title = "An account may give itself any role",
            LooksFor = "bind on roles or clusterroles together with create, update or patch of (cluster)rolebindings in the same place. Each alone hands on no more than the account has.",
            Why = "bind lifts the rule that nobody may give rights that he does not have: a RoleBinding to cluster-admin is enough.",
            Severity = AuditSeverity.Critical,
            Remedy = "Name the roles (resourceNames) that may be bound.",
            Reference = "CIS Kubernetes Benchmark 5.1.8; " + GoodPractices,
        }, (principal, _) => Hits(principal, Binding(principal), Bind, "may bind roles that it does not have")),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-ESCALATE",
            Title = "An account may write any rights into roles",
            LooksFor = "escalate on roles or clusterroles together with create, update or patch of them in the same place.",
            Why = "escalate lifts the rule that nobody may write rights that he does not have: it writes them into a role that it already holds.",
            Severity = AuditSeverity.Critical,
            Remedy = "Take escalate away.",
            Reference = "CIS Kubernetes Benchmark 5.1.8; " + GoodPractices,
        }, (principal, _) => Hits(principal, Escalating(principal), [], "may write rights that it does not have into roles")),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-RBAC-WRITE",
            Title = "An account may write roles and bindings",
            LooksFor = "create, update, patch or delete of roles, clusterroles or their bindings without bind and escalate.",
            Why = "It cannot give more than it has, but it hands that on to accounts that stay when it is removed, and may delete the bindings of others.",
            Severity = AuditSeverity.Low,
            Remedy = "Check that it needs the right.",
            Reference = GoodPractices,
        }, RbacWriting),
    ];

    private static IEnumerable<AuditHit> Impersonation(Principal principal, AuditView view)
    {
        var users = principal.Rest.AllowedBy(ImpersonateUsers).ClusterWide();
        var accounts = principal.Rest.AllowedBy(ImpersonateAccounts);
        var rights = users.Union(accounts).ToList();
        if (rights.Count == 0)
        {
            yield break;
        }

        // Groups, uids and extra fields live in no namespace, and only count beside a user.
        var groups = principal.Rest.Concat(principal.Shared).AllowedBy(ImpersonateGroups).ClusterWide();
        var who = users.Count > 0 ? $"any user{HeldRights.Names(users)}" : $"service accounts{HeldRights.Names(accounts)}";
        var isEverywhere = rights.Exists(right => right.Scope is null);
        yield return new AuditHit(
            isEverywhere ? AuditSeverity.Critical : AuditSeverity.High,
            $"{principal.Words} may act as {who}{(groups.Count > 0 ? $" with any group{HeldRights.Names(groups)}" : string.Empty)} "
            + $"{(isEverywhere ? "in the whole cluster" : $"of {string.Join(", ", rights.Select(right => $"namespace {right.Scope}").Distinct())}")}.")
        {
            Rights = [.. rights.Union(groups)],
        };
    }

    private static IEnumerable<AuditHit> Constrained(Principal principal, AuditView view)
    {
        foreach (var mode in Modes)
        {
            var who = principal.Rest.Where(held => held.Rule.Verbs.Contains($"impersonate:{mode}")).ToList();
            var what = principal.Rest.Concat(principal.Shared)
                .Where(held => held.Rule.Verbs.Any(verb => verb.StartsWith($"impersonate-on:{mode}:", StringComparison.Ordinal))).ToList();
            if (who.Count > 0 && what.Count > 0)
            {
                var verbs = what.SelectMany(held => held.Rule.Verbs).Where(verb => verb.StartsWith($"impersonate-on:{mode}:", StringComparison.Ordinal))
                    .Select(verb => verb[(verb.LastIndexOf(':') + 1)..]).Distinct().Order(StringComparer.Ordinal).ToList();
                var writes = verbs.Exists(verb => verb is not ("get" or "list" or "watch"));
                yield return new AuditHit(
                    writes ? AuditSeverity.High : AuditSeverity.Medium,
                    $"{principal.Words} may {string.Join(", ", verbs)} as others (impersonate:{mode}{HeldRights.Names(who)}).")
                {
                    Rights = [.. who.Union(what)],
                    Key = mode,
                };
            }
        }
    }

    private static IEnumerable<AuditHit> RbacWriting(Principal principal, AuditView view)
    {
        RightPattern[] writes =
        [
            .. RightPattern.Of("create update patch delete deletecollection", Rbac, "roles"), .. RightPattern.Of("create update patch delete deletecollection", Rbac, "clusterroles"),
            .. RightPattern.Of("create update patch delete deletecollection", Rbac, "rolebindings"), .. RightPattern.Of("create update patch delete deletecollection", Rbac, "clusterrolebindings"),
        ];
        var rights = principal.Rest.AllowedBy(writes);
        if (rights.Count > 0 && !Binding(principal).Any() && !Escalating(principal).Any())
        {
            var lifts = principal.Rest.AllowedBy([.. Bind, .. RightPattern.Of("escalate", Rbac, "roles"), .. RightPattern.Of("escalate", Rbac, "clusterroles")]);
            yield return new AuditHit(
                AuditSeverity.Low,
                $"{principal.Words} may write roles or bindings {string.Join(", ", rights.Select(right => HeldRights.Where(right.Scope)).Distinct())}"
                + (lifts.Count > 0 ? ", and holds bind or escalate, which have no effect with what it may write." : "."))
            {
                Rights = rights,
            };
        }
    }

    // A cluster's binding is written with a right in the cluster alone, and bind must count there, too.
    private static IEnumerable<(string? Scope, List<HeldRule> Rules)> Binding(Principal principal) =>
        Once(principal.Together(Bind, WriteClusterBindings).Where(pair => pair.Scope is null).Concat(principal.Together(Bind, WriteRoleBindings)));

    // The roles that may be escalated must be those that may be written.
    private static IEnumerable<(string? Scope, List<HeldRule> Rules)> Escalating(Principal principal) => Once(RoleKinds.SelectMany(kind =>
        principal.Together(RightPattern.Of("escalate", Rbac, kind), RightPattern.Of("create update patch", Rbac, kind))));

    private static IEnumerable<(string? Scope, List<HeldRule> Rules)> Once(IEnumerable<(string? Scope, List<HeldRule> Rules)> pairs)
    {
        var all = pairs.ToList();
        var everywhere = all.Where(pair => pair.Scope is null).SelectMany(pair => pair.Rules).Distinct().ToList();
        return everywhere.Count > 0
            ? [(null, everywhere)]
            : all.GroupBy(pair => pair.Scope).Select(scope => (scope.Key, scope.SelectMany(pair => pair.Rules).Distinct().ToList()));
    }

    private static IEnumerable<AuditHit> Hits(Principal principal, IEnumerable<(string? Scope, List<HeldRule> Rules)> pairs, RightPattern[] named, string what) =>
        pairs.Select(pair => new AuditHit(
            pair.Scope is null ? AuditSeverity.Critical : AuditSeverity.High,
            $"{principal.Words} {what}, {HeldRights.Where(pair.Scope)}{(pair.Rules.AllowedBy(named) is { Count: > 0 } lifts ? HeldRights.Names(lifts) : string.Empty)}.")
        {
            Rights = pair.Rules,
            Key = pair.Scope,
        });

    private static IEnumerable<IGrouping<string, HeldRule>> ByScope(IEnumerable<HeldRule> rights) =>
        rights.GroupBy(right => right.Scope ?? string.Empty, StringComparer.Ordinal);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static string Reached(Principal principal, AuditView view, string? ns)
    {
        var strong = view.StrongAccountsIn(ns).Where(account => account != principal).Select(account => account.ToString()).ToList();
        return strong.Count == 0 ? "." : $", among them of stronger ones: {string.Join(", ", strong.Take(5))}{(strong.Count > 5 ? $" and {strong.Count - 5} more" : string.Empty)}.";
    }
}
