using KubeSa.Analysis.Snapshot;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Audit.Checks;

/// <summary>Accounts that may run pods or get into those of others.</summary>
internal static class PodChecks
{
    private const string GoodPractices = "Kubernetes RBAC good practices: workload creation";

    // A patch of pods cannot change the account, and the scale subresource starts nothing new.
    internal static readonly RightPattern[] Create =
    [
        .. RightPattern.Of("create", string.Empty, "pods"),
        .. RightPattern.Of("create update patch", "apps", "deployments"),
        .. RightPattern.Of("create update patch", "apps", "daemonsets"),
        .. RightPattern.Of("create update patch", "apps", "statefulsets"),
        .. RightPattern.Of("create update patch", "apps", "replicasets"),
        .. RightPattern.Of("create update patch", "batch", "jobs"),
        .. RightPattern.Of("create update patch", "batch", "cronjobs"),
        .. RightPattern.Of("create update patch", string.Empty, "replicationcontrollers"),
    ];

    private static readonly RightPattern[] Enter = [.. RightPattern.Of("create", string.Empty, "pods", "exec"), .. RightPattern.Of("create", string.Empty, "pods", "attach")];
    private static readonly RightPattern[] EnterByWebSocket = [.. RightPattern.Of("get", string.Empty, "pods", "exec"), .. RightPattern.Of("get", string.Empty, "pods", "attach")];
    private static readonly RightPattern[] Ephemeral = RightPattern.Of("update patch", string.Empty, "pods", "ephemeralcontainers");

    internal static IEnumerable<AuditCheck> All =>
    [
        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-PODS-CREATE",
            Title = "An account may run pods as any account of a namespace",
            LooksFor = "create of pods, or create, update or patch of Deployments, DaemonSets, StatefulSets, ReplicaSets, Jobs, CronJobs or ReplicationControllers.",
            Why = "A pod may name any account of its namespace, gets its token, and may mount every Secret there. Pod Security does not restrict the account.",
            Severity = AuditSeverity.High,
            Remedy = "Keep stronger accounts in other namespaces than those into which it deploys. Deployers such as Argo CD and Flux are meant to hold the right: state it as an exception.",
            Reference = "CIS Kubernetes Benchmark 5.1.4; " + GoodPractices,
        }, (principal, view) => Scopes(principal.Rest.AllowedBy(Create)).Select(scope => OfCreation(principal, view, scope.Key, [.. scope]))),

        new(new AuditRule
        {
            Id = "SA-PODS-CREATE-PRIV",
            Title = "An account may run privileged pods",
            LooksFor = "The rights of SA-PODS-CREATE in namespaces whose label pod-security.kubernetes.io/enforce is missing or privileged.",
            Why = "A privileged pod reads and changes its node, and with it every token of every pod there.",
            Severity = AuditSeverity.High,
            Remedy = "Label the namespaces with pod-security.kubernetes.io/enforce: baseline or restricted. Other engines (Kyverno, admission policies) may forbid such pods as well; that is not looked at.",
            Reference = "CIS Kubernetes Benchmark 5.2; Kubernetes Pod Security Standards",
        }, [.. AuditCheck.Rbac, SnapshotParts.Namespaces], view => view.Principals.SelectMany(principal => Privileged(principal, view))),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-EXEC",
            Title = "An account may run commands in pods of others",
            LooksFor = "create of pods/exec or pods/attach; before 1.35 get as well, by WebSocket. resourceNames are names of pods, which help with StatefulSets alone.",
            Why = "Inside a pod is the token of its account.",
            Severity = AuditSeverity.High,
            Remedy = "Take the right away; give it to people for the time of need.",
            Reference = GoodPractices,
        }, (principal, view) => Scopes(principal.Rest.AllowedBy(view.Snapshot.Cluster.Minor is >= 35 ? Enter : [.. Enter, .. EnterByWebSocket])).Select(scope => Into(
            principal, view, scope.Key, [.. scope], "run commands in pods"))),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-EPHEMERAL",
            Title = "An account may add containers to pods of others",
            LooksFor = "update or patch of pods/ephemeralcontainers.",
            Why = "The container that is added may mount the pod's own token volume.",
            Severity = AuditSeverity.High,
            Remedy = "Take the right away; give it to people for the time of need.",
            Reference = GoodPractices,
        }, (principal, view) => Scopes(principal.Rest.AllowedBy(Ephemeral)).Select(scope => Into(principal, view, scope.Key, [.. scope], "add containers to pods"))),
    ];

    private static IEnumerable<IGrouping<string, HeldRule>> Scopes(IEnumerable<HeldRule> rights) =>
        rights.GroupBy(right => right.Scope ?? string.Empty, StringComparer.Ordinal);

    private static AuditHit OfCreation(Principal principal, AuditView view, string scope, List<HeldRule> rights)
    {
        var ns = scope.Length == 0 ? null : scope;
        var stronger = Stronger(principal, view, ns);
        var severity = ns is null || stronger.Count > 0 ? AuditSeverity.High : AuditSeverity.Medium;
        return new AuditHit(severity, $"{principal.Words} may run pods as any service account {HeldRights.Where(ns)}{Among(stronger)}") { Rights = rights, Key = scope };
    }

    private static AuditHit Into(Principal principal, AuditView view, string scope, List<HeldRule> rights, string what)
    {
        var ns = scope.Length == 0 ? null : scope;
        var stronger = Stronger(principal, view, ns).Where(account => account.Pods.Count > 0).ToList();
        return new AuditHit(AuditSeverity.High, $"{principal.Words} may {what} {HeldRights.Where(ns)}{Among(stronger)}") { Rights = rights, Key = scope };
    }

    private static IEnumerable<AuditHit> Privileged(Principal principal, AuditView view)
    {
        var rights = principal.Rest.AllowedBy(Create);
        var open = rights.Count == 0 ? [] : view.Snapshot.Namespaces
            .Where(ns => ns.PodSecurity is null or "privileged" && rights.Exists(right => right.Scope is null || right.Scope == ns.Name))
            .Select(ns => ns.Name).Order(StringComparer.Ordinal).ToList();
        if (open.Count > 0)
        {
            var counting = rights.Where(right => right.Scope is null || open.Contains(right.Scope)).ToList();
            yield return new AuditHit(
                AuditSeverity.High,
                $"{principal.Words} may run privileged pods in {string.Join(", ", open.Take(5))}{(open.Count > 5 ? $" and {open.Count - 5} more namespaces" : string.Empty)}: Pod Security does not forbid them there.")
            {
                Principal = principal,
                Rights = counting,
                Key = string.Empty,
                Command = open.Count == 1
                    ? $"Set-KubeResource namespaces {PowerShellText.Argument(open[0])} -Patch @{{ metadata = @{{ labels = @{{ 'pod-security.kubernetes.io/enforce' = 'baseline' }} }} }}"
                    : null,
            };
        }
    }

    private static List<Principal> Stronger(Principal principal, AuditView view, string? ns) =>
        [.. view.StrongAccountsIn(ns).Where(account => account != principal)];

    private static string Among(List<Principal> stronger) => stronger.Count == 0
        ? "."
        : $", among them stronger ones: {string.Join(", ", stronger.Take(5))}{(stronger.Count > 5 ? $" and {stronger.Count - 5} more" : string.Empty)}.";
}
