using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Snapshot;

/// <summary>
/// What decides who may do what in a cluster, as it was at one moment: plain data, without any Secret's data and without values of
/// environment variables. Audit, paths, plans and comparisons judge it, whether it was gathered a second ago or lies in a file.
/// </summary>
internal sealed record AccessSnapshot
{
    private RbacPolicy? _policy;

    /// <summary>When the gathering began, in UTC.</summary>
    public required DateTime TakenAt { get; init; }

    /// <summary>Which cluster it is.</summary>
    public required SnapshotCluster Cluster { get; init; }

    public IReadOnlyList<SnapshotNamespace> Namespaces { get; init; } = [];

    public IReadOnlyList<SnapshotNode> Nodes { get; init; } = [];

    public IReadOnlyList<SnapshotAccount> Accounts { get; init; } = [];

    /// <summary>Roles and ClusterRoles.</summary>
    public IReadOnlyList<RoleDefinition> Roles { get; init => (field, _policy) = (value, null); } = [];

    /// <summary>RoleBindings and ClusterRoleBindings.</summary>
    public IReadOnlyList<RoleBinding> Bindings { get; init => (field, _policy) = (value, null); } = [];

    /// <summary>Pods that are not over.</summary>
    public IReadOnlyList<SnapshotWorkload> Pods { get; init; } = [];

    /// <summary>What makes pods: Deployments, CronJobs and all others with a pod template.</summary>
    public IReadOnlyList<SnapshotWorkload> Workloads { get; init; } = [];

    public IReadOnlyList<SnapshotSecret> Secrets { get; init; } = [];

    /// <summary>The ConfigMaps that decide identities, where they exist; see <see cref="DecidingConfigMaps"/>.</summary>
    public IReadOnlyList<SnapshotName> ConfigMaps { get; init; } = [];

    /// <summary>Admission webhooks and admission policies.</summary>
    public IReadOnlyList<SnapshotAdmission> Admission { get; init; } = [];

    public IReadOnlyList<SnapshotCsiDriver> CsiDrivers { get; init; } = [];

    public IReadOnlyList<SnapshotApiService> ApiServices { get; init; } = [];

    /// <summary>The resources that the server has, the built-in ones too.</summary>
    public IReadOnlyList<SnapshotResource> Resources { get; init; } = [];

    /// <summary>What could not be looked at. None of it may be taken for absent.</summary>
    public IReadOnlyList<NotRead> NotRead { get; init; } = [];

    internal IEnumerable<SnapshotResource> CustomResources => Resources.Where(resource => resource.IsCustom);

    /// <summary>Its roles and bindings put together; made once.</summary>
    internal RbacPolicy Policy => _policy ??= new RbacPolicy(Roles, Bindings);

    /// <summary>Whether all of a resource, by the names in <see cref="SnapshotParts"/>, could be read, or all of it in a namespace.</summary>
    internal bool WasRead(string resource, string? @namespace = null) =>
        !NotRead.Any(part => part.Resource == resource && (part.Namespace is null || @namespace is null || part.Namespace == @namespace));
}
