using KubeSa.Analysis.Snapshot;
using KubeSa.Api;

namespace KubeSa.Tests.Analysis;

/// <summary>Snapshots for tests.</summary>
internal static class SmallSnapshot
{
    internal static readonly DateTime Taken = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    internal static AccessSnapshot Empty { get; } = new()
    {
        TakenAt = Taken,
        Cluster = new SnapshotCluster { Name = "c", Server = "https://c", Version = "v1.36.2" },
    };

    /// <summary>One of everything, with every field set.</summary>
    internal static AccessSnapshot Full { get; } = Empty with
    {
        Cluster = new SnapshotCluster { Name = "c", Server = "https://c", Version = "v1.36.2", Issuer = "https://issuer", KeyIds = ["k1", "k2"] },
        Namespaces = [new SnapshotNamespace("shop") { Labels = new Dictionary<string, string> { ["pod-security.kubernetes.io/enforce"] = "baseline" } }],
        Nodes = [new SnapshotNode("n1") { IsControlPlane = true }, new SnapshotNode("n2")],
        Accounts =
        [
            new SnapshotAccount("shop", "web")
            {
                Uid = "u", Created = Taken, Automount = false, Secrets = ["web-token"], ImagePullSecrets = ["pull"],
                Labels = new Dictionary<string, string> { ["a"] = "b" }, Annotations = new Dictionary<string, string> { ["eks.amazonaws.com/role-arn"] = "arn:aws:iam::1:role/x" },
            },
        ],
        Roles =
        [
            new RoleDefinition("shop", "reader", [new RoleRule { Verbs = ["get"], ApiGroups = [""], Resources = ["pods", "pods/log"], ResourceNames = ["x"] }]) { Uid = "ru", CreationTimestamp = Taken.ToLocalTime() },
            new RoleDefinition(null, "view", [new RoleRule { Verbs = ["get"], NonResourceUrls = ["/healthz"] }]) { AggregatedFrom = ["a=b"], Labels = new Dictionary<string, string> { ["kubernetes.io/bootstrapping"] = "rbac-defaults" } },
        ],
        Bindings =
        [
            new RoleBinding
            {
                Namespace = "shop", Name = "b", RoleKind = "Role", Role = "reader", Uid = "bu", CreationTimestamp = Taken.ToLocalTime(),
                Labels = new Dictionary<string, string> { ["c"] = "d" },
                Subjects = [RoleSubject.Read("ServiceAccount", null, null, "web", "shop"), RoleSubject.Read("Group", "rbac.authorization.k8s.io", null, "ops", "shop")],
            },
            new RoleBinding { Name = "all", RoleKind = "ClusterRole", Role = "view", Subjects = [RoleSubject.Account("shop", "web")] },
        ],
        Pods =
        [
            new SnapshotWorkload("Pod", "shop", "web-1")
            {
                ServiceAccount = "web", Automount = true, Node = "n2", Owner = "ReplicaSet/web", Created = Taken, Labels = new Dictionary<string, string> { ["app"] = "web" },
                Images = ["registry/web:1"], Tokens = [new SnapshotToken("vault", "vault", 600)], HasOwnToken = true, Secrets = ["tls"], ConfigMaps = ["settings"],
                Security = new SnapshotPodSecurity { Privileged = true, HostPid = true, HostNetwork = true, HostIpc = true, HostPaths = ["/etc"], Capabilities = ["SYS_ADMIN"], RunsAsNonRoot = true, ShareProcesses = true },
            },
        ],
        Workloads = [new SnapshotWorkload("Job", "shop", "once") { Group = "batch", Replicas = 2, IsOver = true }],
        Secrets =
        [
            new SnapshotSecret("shop", "web-token")
            {
                Type = SnapshotSecret.TokenType, Created = Taken, Labels = new Dictionary<string, string> { ["kubernetes.io/legacy-token-last-used"] = "2026-01-01" },
                Annotations = new Dictionary<string, string> { ["kubernetes.io/service-account.name"] = "web" },
            },
        ],
        ConfigMaps = [new SnapshotName("kube-system", "coredns")],
        Admission = [new SnapshotAdmission("MutatingWebhookConfiguration", "inject") { Resources = ["/pods"], Services = ["mesh/inject"] }],
        CsiDrivers = [new SnapshotCsiDriver("secrets-store.csi.k8s.io") { TokenAudiences = ["vault"] }],
        ApiServices = [new SnapshotApiService("v1beta1.metrics.k8s.io", "kube-system/metrics-server")],
        Resources = [new SnapshotResource("argoproj.io", "applications", "Application", true)],
        NotRead = [new NotRead(SnapshotParts.Secrets, "other", "Forbidden", "You may not list secrets.")],
    };
}
