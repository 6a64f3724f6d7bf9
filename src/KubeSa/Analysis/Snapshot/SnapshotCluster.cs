
namespace KubeSa.Analysis.Snapshot;

/// <summary>Which cluster a snapshot is of, and who signs its tokens.</summary>
internal sealed record SnapshotCluster
{
    /// <summary>As people know it: the context, else the URL.</summary>
    public required string Name { get; init; }

    /// <summary>The URL of its API server.</summary>
    public required string Server { get; init; }

    /// <summary>Such as v1.36.2; null where the server did not say.</summary>
    public string? Version { get; init; }

    /// <summary>The issuer of its service accounts' tokens; null where it could not be read.</summary>
    public string? Issuer { get; init; }

    /// <summary>The key ids (kid) of its JWKS. The same key in two clusters lets tokens of one in at the other.</summary>
    public IReadOnlyList<string> KeyIds { get; init; } = [];

    /// <summary>The second number of its version; null where it is not known.</summary>
    internal int? Minor => ServerVersions.Minor(Version);
}

/// <summary>What could not be looked at, and why.</summary>
/// <param name="Resource">One of <see cref="SnapshotParts"/>.</param>
/// <param name="Namespace">The namespace; null for all of it.</param>
/// <param name="Reason">The kind of the failure: Forbidden, TimedOut, ...</param>
/// <param name="Message">The failure in words.</param>
internal sealed record NotRead(string Resource, string? Namespace, string Reason, string Message)
{
    /// <summary>Whether the caller has no right to it, other than a part that failed.</summary>
    internal bool IsForbidden => Reason == nameof(Api.FailureKind.Forbidden);
}

/// <summary>The parts of a snapshot, as the API names them.</summary>
internal static class SnapshotParts
{
    internal const string Namespaces = "namespaces";
    internal const string Nodes = "nodes";
    internal const string Accounts = "serviceaccounts";
    internal const string Roles = "roles.rbac.authorization.k8s.io";
    internal const string ClusterRoles = "clusterroles.rbac.authorization.k8s.io";
    internal const string RoleBindings = "rolebindings.rbac.authorization.k8s.io";
    internal const string ClusterRoleBindings = "clusterrolebindings.rbac.authorization.k8s.io";
    internal const string Pods = "pods";
    internal const string Deployments = "deployments.apps";
    internal const string StatefulSets = "statefulsets.apps";
    internal const string DaemonSets = "daemonsets.apps";
    internal const string ReplicaSets = "replicasets.apps";
    internal const string Jobs = "jobs.batch";
    internal const string CronJobs = "cronjobs.batch";
    internal const string ReplicationControllers = "replicationcontrollers";
    internal const string Secrets = "secrets";
    internal const string ConfigMaps = "configmaps";
    internal const string MutatingWebhooks = "mutatingwebhookconfigurations.admissionregistration.k8s.io";
    internal const string ValidatingWebhooks = "validatingwebhookconfigurations.admissionregistration.k8s.io";
    internal const string MutatingPolicies = "mutatingadmissionpolicies.admissionregistration.k8s.io";
    internal const string ValidatingPolicies = "validatingadmissionpolicies.admissionregistration.k8s.io";
    internal const string CsiDrivers = "csidrivers.storage.k8s.io";
    internal const string ApiServices = "apiservices.apiregistration.k8s.io";
    internal const string Resources = "/apis";
    internal const string Issuer = "/.well-known/openid-configuration";
    internal const string Keys = "/openid/v1/jwks";
    internal const string Version = "/version";

    /// <summary>The kinds with a pod template.</summary>
    internal static readonly string[] Workloads = [Deployments, StatefulSets, DaemonSets, ReplicaSets, Jobs, CronJobs, ReplicationControllers];
}
