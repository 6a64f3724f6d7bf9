using KubeSa.Analysis.Snapshot;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Audit.Checks;

/// <summary>Bindings that give to many, to nobody, or further than they need.</summary>
internal static class BindingChecks
{
    private const string Rbac = "rbac.authorization.k8s.io";
    private const string RbacDocs = "Kubernetes documentation: using RBAC authorization";

    private static readonly string[] Everybody = ["system:anonymous", "system:unauthenticated"];

    internal static IEnumerable<AuditCheck> All =>
    [
        new(new AuditRule
        {
            Id = "SA-GROUP-ALL",
            Title = "Every service account gets rights by a group",
            LooksFor = "A binding to system:serviceaccounts, system:serviceaccounts:NAMESPACE or system:authenticated that clusters do not have by themselves.",
            Why = "Accounts that are created later have the rights, too, and nobody sees it on them.",
            Severity = AuditSeverity.High,
            Remedy = "Name the accounts that need the rights.",
            Reference = "Kubernetes RBAC good practices: least privilege",
        }, AuditCheck.Rbac, view => view.Groups.Select(group => new AuditHit(
            group.Everything.Any() ? AuditSeverity.Critical : AuditSeverity.High,
            $"{group.Words} gets rights by {string.Join(", ", group.Held.Select(held => held.Binding.ToString()).Distinct().Take(5))}.")
        {
            Principal = group,
            Rights = group.Held,
        })),

        new(new AuditRule
        {
            Id = "SA-ANON",
            Title = "Somebody without credentials gets rights",
            LooksFor = "A binding to system:anonymous or system:unauthenticated that clusters do not have by themselves.",
            Why = "Whoever reaches the API server's port holds them.",
            Severity = AuditSeverity.Critical,
            Remedy = "Delete the binding.",
            Reference = "Trivy KSV-0122; Kubescape C-0262",
        }, AuditCheck.Rbac, view => view.Snapshot.Bindings
            .Where(binding => !BuiltInPolicy.Holds(binding) && !IsOfKubeadm(binding, view) && binding.Subjects.Any(subject => Everybody.Contains(subject.Name)))
            .Select(binding => OfBinding(binding, AuditSeverity.Critical, $"{Words(binding)} gives {binding.RoleKind} {binding.Role} to everybody, without any credentials."))),

        new(new AuditRule
        {
            Id = "SA-MASTERS",
            Title = "A binding names system:masters",
            LooksFor = "A binding to the group system:masters other than the one that every cluster has.",
            Why = "Nothing is refused to the group whatever is bound; a binding to it says that somebody relies on it.",
            Severity = AuditSeverity.Critical,
            Remedy = "Delete the binding, and issue no certificates of the group.",
            Reference = "CIS Kubernetes Benchmark 5.1.7",
        }, AuditCheck.Rbac, view => view.Snapshot.Bindings
            .Where(binding => !BuiltInPolicy.Holds(binding) && binding.Subjects.Any(subject => subject is { Kind: "Group", Name: "system:masters" }))
            .Select(binding => OfBinding(binding, AuditSeverity.Critical, $"{Words(binding)} names the group system:masters."))),

        new(new AuditRule
        {
            Id = "BIND-DANGLING-SUBJECT",
            Title = "A binding names a service account that does not exist",
            LooksFor = "A subject of a binding whose account, or whose namespace, does not exist.",
            Why = "Whoever may create the account inherits the rights.",
            Severity = AuditSeverity.Low,
            Remedy = "Take the subject out of the binding.",
            Reference = RbacDocs,
        }, [.. AuditCheck.Rbac, SnapshotParts.Accounts], DanglingSubjects),

        new(new AuditRule
        {
            Id = "BIND-DANGLING-ROLE",
            Title = "A binding names a role that does not exist",
            LooksFor = "A binding whose roleRef names no role.",
            Why = "It gives nothing now, and whatever a role of that name will hold.",
            Severity = AuditSeverity.Low,
            Remedy = "Delete the binding, or create the role.",
            Reference = RbacDocs,
        }, AuditCheck.Rbac, view => view.Snapshot.Bindings
            .Where(binding => view.Snapshot.Policy.RoleOf(binding) is null && RolesWereRead(binding, view))
            .Select(binding => OfBinding(binding, AuditSeverity.Low, $"{Words(binding)} names {binding.RoleKind} {binding.Role}, which does not exist."))),

        new(new AuditRule
        {
            Id = "BIND-CROSSNS",
            Title = "A RoleBinding gives rights to an account of another namespace",
            LooksFor = "A RoleBinding whose subject is a service account of another namespace.",
            Why = "Who owns the other namespace decides who runs as the account.",
            Severity = AuditSeverity.Info,
            Remedy = "Check that it is meant; monitoring is often set up so.",
            Reference = "Kubernetes RBAC good practices",
        }, AuditCheck.Rbac, view =>
            from binding in view.Snapshot.Bindings
            where binding.Namespace is not null && !BuiltInPolicy.Holds(binding)
            from subject in binding.Subjects
            let account = subject.AsAccount
            where account is not null && account.Value.Namespace != binding.Namespace
            select new AuditHit(AuditSeverity.Info, $"{Words(binding)} gives {binding.RoleKind} {binding.Role} to service account {account.Value.Namespace}/{account.Value.Name}, which is of another namespace.")
            {
                Principal = view.AccountOf(account.Value.Namespace, account.Value.Name),
                Namespace = binding.Namespace,
                Evidence = [Object(binding)],
            }),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "BIND-CLUSTERWIDE-NSUSE",
            Title = "Rights in the whole cluster for an account whose pods serve one namespace",
            LooksFor = "A ClusterRoleBinding of rights on namespaced resources for an account that is no controller of the cluster: all its pods are in its own namespace, and its role names no resource without a namespace.",
            Why = "What is used in one namespace is given in all of them.",
            Severity = AuditSeverity.Medium,
            Remedy = "Bind the same ClusterRole by a RoleBinding in the namespaces where it is used. Controllers that watch all namespaces need it: state it as an exception.",
            Reference = "Kubernetes RBAC good practices: least privilege",
        }, (principal, view) => ClusterWide(principal)),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-RULE-DEAD",
            Title = "A rule that allows nothing",
            LooksFor = "A rule that can match no request: resources without a namespace given by a RoleBinding, create or deletecollection with resourceNames, pods/*, paths in a RoleBinding.",
            Why = "It looks like a right that the account has; somebody made a mistake about what it may do.",
            Severity = AuditSeverity.Info,
            Remedy = "Delete the rule, or write what was meant.",
            Reference = RbacDocs,
        }, (principal, view) => principal.Held.Where(held => !BuiltInPolicy.Holds(held.Role)).Select(held => (held, Why: WhyDead(held))).Where(dead => dead.Why is not null).Select(dead => new AuditHit(
            AuditSeverity.Info, $"Rule {dead.held.Index + 1} of {dead.held.Binding.RoleKind} {dead.held.Binding.Role} gives {principal.Words[..1].ToLowerInvariant()}{principal.Words[1..]} nothing: {dead.Why}.")
        {
            Evidence = [Object(dead.held.Binding), Rule(dead.held)],
            Key = $"{dead.held.Binding}#{dead.held.Index}",
        })),
    ];

    private static IEnumerable<AuditHit> DanglingSubjects(AuditView view)
    {
        var takers = view.Principals.Where(principal => principal.Rest.AllowedBy(new RightPattern("create", string.Empty, "serviceaccounts")).Count > 0).ToList();
        foreach (var binding in view.Snapshot.Bindings.Where(binding => !BuiltInPolicy.Holds(binding)))
        {
            foreach (var subject in binding.Subjects)
            {
                if (subject.AsAccount is not var (ns, name) || view.AccountOf(ns, name) is not null || !view.Snapshot.WasRead(SnapshotParts.Accounts, ns))
                {
                    continue;
                }

                var taker = takers.Find(one => one.Rest.AllowedBy(new RightPattern("create", string.Empty, "serviceaccounts")).Exists(right => right.Scope is null || right.Scope == ns));
                var isStrong = view.Snapshot.Policy.RoleOf(binding)?.Rules.Any(rule => rule.AllowsEverything) == true;
                var severity = taker is null ? AuditSeverity.Low : isStrong ? AuditSeverity.High : AuditSeverity.Medium;
                yield return new AuditHit(
                    severity,
                    $"{Words(binding)} gives {binding.RoleKind} {binding.Role} to service account {ns}/{name}, which does not exist"
                    + (taker is null ? "." : $"; {taker} may create it and inherits the rights."))
                {
                    Namespace = ns,
                    Evidence = [Object(binding)],
                    Key = $"{binding.Kind} {binding} {ns}/{name}",
                    Command = Revoke(binding, $"{ns}/{name}"),
                };
            }
        }
    }

    private static IEnumerable<AuditHit> ClusterWide(Principal principal)
    {
        if (principal.Account is null || principal.Pods.Count == 0)
        {
            yield break;
        }

        foreach (var role in principal.Rest.ClusterWide().GroupBy(held => held.Role))
        {
            var isNamespaced = role.All(held => held.Rule.NonResourceUrls.Count == 0 && held.Rule.Resources.All(IsNamespaced));
            if (isNamespaced && !role.Any(held => held.Rule.Verbs.Contains("watch") || held.Rule.Verbs.Contains("*")))
            {
                yield return new AuditHit(
                    AuditSeverity.Medium, $"{principal.Words} holds {role.First().Binding.RoleKind} {role.Key.Name} in the whole cluster; all its pods are in namespace {principal.Namespace}, and it watches nothing.")
                { Rights = [.. role] };
            }
        }
    }

    private static bool IsNamespaced(string resource) => resource != "*" && !new RightPattern("get", string.Empty, resource.Split('/')[0]).IsClusterScoped && resource != "namespaces";

    private static string? WhyDead(HeldRule held)
    {
        var rule = held.Rule;
        if (rule.NonResourceUrls.Count > 0 && rule.Resources.Count == 0)
        {
            return held.Scope is null ? null : "paths are in no namespace";
        }

        if (rule.Resources.Count > 0 && rule.Resources.All(resource => resource.EndsWith("/*", StringComparison.Ordinal) && resource != "*/*"))
        {
            return $"{string.Join(", ", rule.Resources)} stands for nothing; a subresource is named as it is called";
        }

        // Requests for a namespace itself carry its name as their namespace, so those count.
        if (held.Scope is not null && rule.Resources.Count > 0 && rule.Resources.All(resource => new RightPattern("get", string.Empty, resource.Split('/')[0]).IsClusterScoped)
            && !rule.Verbs.Any(verb => verb is "bind" or "escalate"))
        {
            return $"{string.Join(", ", rule.Resources)} live in no namespace";
        }

        return rule.ResourceNames.Count > 0 && rule.Verbs.Count > 0 && rule.Verbs.All(verb => verb is "create" or "deletecollection")
            && rule.Resources.All(resource => !resource.Contains('/', StringComparison.Ordinal))
            ? $"requests to {string.Join(", ", rule.Verbs)} carry no name"
            : null;
    }

    // kubeadm makes it for nodes that join: one ConfigMap of kube-public.
    private static bool IsOfKubeadm(RoleBinding binding, AuditView view) =>
        binding is { Namespace: "kube-public", Name: "kubeadm:bootstrap-signer-clusterinfo" }
        && view.Snapshot.Policy.RoleOf(binding)?.Rules is [{ Verbs: ["get"], Resources: ["configmaps"], ResourceNames: ["cluster-info"] }];

    private static bool RolesWereRead(RoleBinding binding, AuditView view) => binding.RoleKind == "ClusterRole"
        ? view.Snapshot.WasRead(SnapshotParts.ClusterRoles)
        : view.Snapshot.WasRead(SnapshotParts.Roles, binding.Namespace);

    private static AuditHit OfBinding(RoleBinding binding, AuditSeverity severity, string message) => new(severity, message)
    {
        Namespace = binding.Namespace,
        Evidence = [Object(binding)],
        Command = $"Remove-KubeResource {(binding.Namespace is null ? "clusterrolebindings" : "rolebindings")}.{Rbac} {PowerShellText.Argument(binding.Name)}"
            + (binding.Namespace is { } ns ? $" -Namespace {PowerShellText.Argument(ns)}" : string.Empty),
    };

    internal static string Revoke(RoleBinding binding, string account) =>
        $"Revoke-KubeServiceAccountRole {PowerShellText.Argument(account)} -{binding.RoleKind} {PowerShellText.Argument(binding.Role)} "
        + (binding.Namespace is { } ns ? $"-Namespace {PowerShellText.Argument(ns)}" : "-ClusterWide");

    internal static string Words(RoleBinding binding) => $"{binding.Kind} {binding}";

    internal static AuditEvidence Object(RoleBinding binding) =>
        new() { Kind = binding.Kind, Namespace = binding.Namespace, Name = binding.Name, Detail = $"gives {binding.RoleKind} {binding.Role}" };

    internal static AuditEvidence Rule(HeldRule held, IReadOnlyList<string>? contributors = null) => new()
    {
        Kind = held.Binding.RoleKind,
        Namespace = held.Role.Namespace,
        Name = held.Role.Name,
        Detail = $"rule {held.Index + 1}: {string.Join(", ", held.Rule.Verbs)} {RuleText.Of([.. held.Rule.ApiGroups], [.. held.Rule.Resources], [.. held.Rule.ResourceNames], [.. held.Rule.NonResourceUrls])}"
            + (contributors is { Count: > 0 } some ? $"; gathered from {string.Join(", ", some)}" : string.Empty),
    };
}
