using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Audit.Checks;

/// <summary>Who runs as an account, where, and whether at all.</summary>
internal static class PlacementChecks
{
    private const string Nsa = "NSA/CISA Kubernetes Hardening Guidance: authentication and authorization";

    private static readonly string[] MadeByServer = ["default"];

    internal static IEnumerable<AuditCheck> All =>
    [
        new(new AuditRule
        {
            Id = "SA-NODEAGENT-POWER",
            Title = "An account with strong rights is on every node",
            LooksFor = "An account that a DaemonSet runs as and that holds rights over Secrets, tokens, pods, nodes or RBAC in the whole cluster.",
            Why = "Whoever takes over any node has its token, and with it the cluster.",
            Severity = AuditSeverity.High,
            Remedy = "Split the strong part into an account of a Deployment, or use constrained impersonation of the node.",
            Reference = "Kubernetes RBAC good practices: minimize distribution of privileged tokens",
        }, [.. AuditCheck.Rbac, .. AuditCheck.Running], view => view.Accounts
            .Where(IsOnEveryNode)
            .Select(account => (Account: account, Rights: account.Held.ClusterWide().FindAll(held => held.Rule.AllowsEverything || IsStrong(held))))
            .Where(found => found.Rights.Count > 0)
            .Select(found => new AuditHit(
                AuditSeverity.High,
                $"{found.Account.Words} runs on every node ({string.Join(", ", found.Account.Workloads.Where(workload => workload.Kind == "DaemonSet"))}) and holds strong rights in the whole cluster.")
            {
                Principal = found.Account,
                Rights = found.Rights,
            })),

        new(new AuditRule
        {
            Id = "SA-DEFAULT-RIGHTS",
            Title = "The account default holds rights",
            LooksFor = "A binding that names the account default of a namespace.",
            Why = "Every pod that names no account has the rights.",
            Severity = AuditSeverity.High,
            Remedy = "Create an account for the workload that needs the rights, and bind that.",
            Reference = "CIS Kubernetes Benchmark 5.1.5",
        }, AuditCheck.Rbac, view => view.Accounts
            .Where(account => IsDefault(account) && account.Held.Count > 0)
            .Select(account => new AuditHit(AuditSeverity.High, $"{account.Words} holds rights, and with it every pod of the namespace that names no account.") { Principal = account, Rights = account.Held })),

        new(new AuditRule
        {
            Id = "SA-DEFAULT-USED",
            Title = "Pods run as the account default with a token",
            LooksFor = "Pods of the account default into which a token is mounted. With automount off it is compliant.",
            Why = "What the account is given for one of them all of them have.",
            Severity = AuditSeverity.Low,
            Remedy = "Give each workload an account of its own, or switch automount off.",
            Reference = "CIS Kubernetes Benchmark 5.1.5; " + Nsa,
        }, [SnapshotParts.Accounts, .. AuditCheck.Running], view => view.Accounts
            .Where(account => IsDefault(account) && account.Namespace != "kube-system")
            .Select(account => (Account: account, Pods: account.Pods.Where(pod => Mounts(pod, account)).ToList()))
            .Where(found => found.Pods.Count > 0)
            .Select(found => new AuditHit(AuditSeverity.Low, $"{found.Account.Words} is what {Count(found.Pods, "pod")} run as, each with its token.")
            {
                Principal = found.Account,
                Evidence = [.. Owners(found.Pods)],
                Key = string.Empty,
                Command = $"Set-KubeServiceAccount {PowerShellText.Argument(found.Account.ToString())} -AutomountToken $false",
            })),

        new(new AuditRule
        {
            Id = "SA-AUTOMOUNT-NEEDLESS",
            Title = "A token is mounted for an account without rights",
            LooksFor = "Pods into which the token is mounted (what the pod says wins over what the account says; nothing said means yes) of an account that holds nothing but what every account holds.",
            Why = "A token that nobody uses is there for whoever gets into the pod. Projected tokens for others (clouds, Vault) do not need automount; sidecars of a mesh need the token.",
            Severity = AuditSeverity.Low,
            Remedy = "Switch automount off on the account.",
            Reference = "CIS Kubernetes Benchmark 5.1.6; " + Nsa,
        }, [.. AuditCheck.Rbac, SnapshotParts.Accounts, .. AuditCheck.Running], view => view.Accounts
            .Where(account => account.Held.Count == 0 && account.Shared.Count == 0 && !IsDefault(account))
            .Select(account => (Account: account, Pods: account.Pods.Where(pod => Mounts(pod, account)).ToList()))
            .Where(found => found.Pods.Count > 0)
            .Select(found => new AuditHit(AuditSeverity.Low, $"{found.Account.Words} holds no rights, and {Count(found.Pods, "pod")} mount its token.")
            {
                Principal = found.Account,
                Evidence = [.. Owners(found.Pods)],
                Key = string.Empty,
                Command = $"Set-KubeServiceAccount {PowerShellText.Argument(found.Account.ToString())} -AutomountToken $false",
            })),

        new(new AuditRule
        {
            Id = "SA-UNUSED",
            Title = "An account that nothing uses",
            LooksFor = "An account with no pod, no workload (also scaled to none, and CronJobs), no token Secret and no binding, and no mark of a cloud identity.",
            Why = "Nobody notices when it is taken over or given rights. Users of TokenRequest outside the cluster cannot be seen.",
            Severity = AuditSeverity.Low,
            Remedy = "Delete it.",
            Reference = Nsa,
        }, [.. AuditCheck.Rbac, SnapshotParts.Accounts, SnapshotParts.Secrets, .. AuditCheck.Running], view => view.Accounts
            .Where(account => !MadeByServer.Contains(account.Account!.Name) && account.Namespace is not ("kube-system" or "kube-public" or "kube-node-lease")
                && account.Pods.Count == 0 && account.Workloads.Count == 0 && account.Tokens.Count == 0
                && !view.Snapshot.Policy.Names(account.Namespace!, account.Account.Name) && CloudChecks.IdentityOf(account.Account) is null && WasLookedAt(account, view))
            .Select(account => new AuditHit(AuditSeverity.Low, $"{account.Words} is used by nothing: no pod, workload, token Secret or binding names it.")
            {
                Principal = account,
                Evidence = [Account(account)],
                Command = $"Remove-KubeServiceAccount {PowerShellText.Argument(account.ToString())}",
            })),

        new(new AuditRule
        {
            Id = "SA-SHARED",
            Title = "Several workloads share an account with strong rights",
            LooksFor = "Two or more workloads without a common owner that run as one account which holds rights over Secrets, tokens, pods or RBAC.",
            Why = "Each of them has what only one needs.",
            Severity = AuditSeverity.Low,
            Remedy = "Give each workload an account of its own.",
            Reference = Nsa,
        }, [.. AuditCheck.Rbac, .. AuditCheck.Running], view => view.Accounts
            .Where(account => account.Held.Any(held => held.Rule.AllowsEverything || IsStrong(held)))
            .Select(account => (Account: account, Owners: account.Workloads.Where(workload => workload.Owner is null && !workload.IsOver).ToList()))
            .Where(found => found.Owners.Count > 1)
            .Select(found => new AuditHit(AuditSeverity.Low, $"{found.Account.Words} holds strong rights and is shared by {string.Join(", ", found.Owners)}.")
            {
                Principal = found.Account,
                Evidence = [.. found.Owners.Select(Object)],
            })),

        new(new AuditRule
        {
            Id = "SA-MISSING",
            Title = "A workload names an account that does not exist",
            LooksFor = "A workload or pod whose account does not exist.",
            Why = "Its pods cannot be created; whoever creates the account runs code as it.",
            Severity = AuditSeverity.Medium,
            Remedy = "Create the account, or name another.",
            Reference = "Kubescape C-0307",
        }, [SnapshotParts.Accounts, .. AuditCheck.Running], view => view.Snapshot.Workloads.Where(workload => workload.Owner is null && !workload.IsOver)
            .Where(workload => view.AccountOf(workload.Namespace, workload.ServiceAccount) is null && view.Snapshot.WasRead(SnapshotParts.Accounts, workload.Namespace))
            .Select(workload => new AuditHit(AuditSeverity.Medium, $"{workload} names service account {workload.Namespace}/{workload.ServiceAccount}, which does not exist.")
            {
                Namespace = workload.Namespace,
                Evidence = [Object(workload)],
                Command = $"New-KubeServiceAccount {PowerShellText.Argument(workload.ServiceAccount)} -Namespace {PowerShellText.Argument(workload.Namespace)}",
            })),
    ];

    internal static bool IsDefault(Principal account) => account.Account?.Name == ServiceAccountNames.Default;

    internal static bool IsOnEveryNode(Principal account) => account.Workloads.Any(workload => workload.Kind == "DaemonSet");

    /// <summary>Whether a token of the account is in the pod: the pod's word wins over the account's, and where neither says anything it is.</summary>
    internal static bool Mounts(SnapshotWorkload pod, Principal account) => pod.HasOwnToken || (pod.Automount ?? account.Account?.Automount ?? true);

    internal static AuditEvidence Object(SnapshotWorkload workload) => new() { Kind = workload.Kind, Namespace = workload.Namespace, Name = workload.Name };

    private static bool IsStrong(Rbac.HeldRule held) => new[] { held }.AllowedBy(
        [
            .. RightPattern.Of("get list watch create", string.Empty, "secrets"), .. RightPattern.Of("create", string.Empty, "serviceaccounts", "token"), .. PodChecks.Create,
            .. RightPattern.Of("create", string.Empty, "pods", "exec"), .. RightPattern.Of("get create", string.Empty, "nodes", "proxy"),
            .. RightPattern.Of("impersonate", string.Empty, "users"), .. RightPattern.Of("bind escalate", "rbac.authorization.k8s.io", "clusterroles"),
        ]).Count > 0;

    private static bool WasLookedAt(Principal account, AuditView view) =>
        view.Snapshot.WasRead(SnapshotParts.Secrets, account.Namespace) && AuditCheck.Running.All(part => view.Snapshot.WasRead(part, account.Namespace));

    private static AuditEvidence Account(Principal account) => new() { Kind = "ServiceAccount", Namespace = account.Namespace, Name = account.Account!.Name };

    // Names of pods change with every rollout.
    private static IEnumerable<AuditEvidence> Owners(IEnumerable<SnapshotWorkload> pods) => pods
        .GroupBy(pod => (pod.Namespace, Owner: pod.Owner ?? $"Pod/{pod.Name}"))
        .OrderBy(group => group.Key.Owner, StringComparer.Ordinal)
        .Take(10)
        .Select(group => group.Key.Owner.Split('/', 2) is [var kind, var name]
            ? new AuditEvidence { Kind = kind, Namespace = group.Key.Namespace, Name = name, Detail = Count([.. group], "pod") }
            : Object(group.First()));

    private static string Count(List<SnapshotWorkload> pods, string noun) => pods.Count == 1 ? $"1 {noun}" : $"{pods.Count} {noun}s";
}
