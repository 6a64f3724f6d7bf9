using KubeSa.Api;

namespace KubeSa.Analysis.Snapshot;

/// <summary>A snapshot as it stands in a file; docs/SNAPSHOT.md describes it.</summary>
internal sealed record SnapshotDocument
{
    public required string Schema { get; init; }

    public required DateTime TakenAt { get; init; }

    public required SnapshotCluster Cluster { get; init; }

    public IReadOnlyList<NotRead> NotRead { get; init; } = [];

    public IReadOnlyList<SnapshotNamespace> Namespaces { get; init; } = [];

    public IReadOnlyList<SnapshotNode> Nodes { get; init; } = [];

    public IReadOnlyList<SnapshotAccount> ServiceAccounts { get; init; } = [];

    public IReadOnlyList<RoleEntry> Roles { get; init; } = [];

    public IReadOnlyList<BindingEntry> Bindings { get; init; } = [];

    public IReadOnlyList<SnapshotWorkload> Workloads { get; init; } = [];

    public IReadOnlyList<SnapshotSecret> Secrets { get; init; } = [];

    public IReadOnlyList<SnapshotName> ConfigMaps { get; init; } = [];

    public IReadOnlyList<SnapshotAdmission> Admission { get; init; } = [];

    public IReadOnlyList<SnapshotCsiDriver> CsiDrivers { get; init; } = [];

    public IReadOnlyList<SnapshotApiService> ApiServices { get; init; } = [];

    public IReadOnlyList<SnapshotResource> Resources { get; init; } = [];

    public IReadOnlyList<SnapshotWorkload> Pods { get; init; } = [];

    internal static SnapshotDocument From(AccessSnapshot snapshot, string schema) => new()
    {
        Schema = schema,
        TakenAt = snapshot.TakenAt,
        Cluster = snapshot.Cluster,
        NotRead = snapshot.NotRead,
        Namespaces = snapshot.Namespaces,
        Nodes = snapshot.Nodes,
        ServiceAccounts = snapshot.Accounts,
        Roles = [.. snapshot.Roles.Select(RoleEntry.From)],
        Bindings = [.. snapshot.Bindings.Select(BindingEntry.From)],
        Workloads = snapshot.Workloads,
        Secrets = snapshot.Secrets,
        ConfigMaps = snapshot.ConfigMaps,
        Admission = snapshot.Admission,
        CsiDrivers = snapshot.CsiDrivers,
        ApiServices = snapshot.ApiServices,
        Resources = snapshot.Resources,
        Pods = snapshot.Pods,
    };

    internal AccessSnapshot ToSnapshot() => new()
    {
        TakenAt = TakenAt.ToUniversalTime(),
        Cluster = Cluster,
        NotRead = NotRead,
        Namespaces = Namespaces,
        Nodes = Nodes,
        Accounts = ServiceAccounts,
        Roles = [.. Roles.DistinctBy(role => (role.Namespace, role.Name)).Select(role => role.ToRole())],
        Bindings = [.. Bindings.Select(binding => binding.ToBinding())],
        Workloads = Workloads,
        Secrets = Secrets,
        ConfigMaps = ConfigMaps,
        Admission = Admission,
        CsiDrivers = CsiDrivers,
        ApiServices = ApiServices,
        Resources = Resources,
        Pods = Pods,
    };
}

/// <summary>A Role or ClusterRole in a file.</summary>
internal sealed record RoleEntry(string? Namespace, string Name)
{
    public IReadOnlyList<RoleRule> Rules { get; init; } = [];

    public IReadOnlyList<string> AggregatedFrom { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = NoEntries.Texts;

    public DateTime? Created { get; init; }

    public string? Uid { get; init; }

    internal static RoleEntry From(RoleDefinition role) => new(role.Namespace, role.Name)
    {
        Rules = role.Rules,
        AggregatedFrom = role.AggregatedFrom,
        Labels = role.Labels,
        Created = role.CreationTimestamp?.ToUniversalTime(),
        Uid = role.Uid,
    };

    internal RoleDefinition ToRole() => new(Namespace, Name, Rules)
    {
        AggregatedFrom = AggregatedFrom,
        Labels = Labels,
        CreationTimestamp = Created?.ToLocalTime(),
        Uid = Uid,
    };
}

/// <summary>A RoleBinding or ClusterRoleBinding in a file.</summary>
internal sealed record BindingEntry(string? Namespace, string Name, string RoleKind, string Role)
{
    public IReadOnlyList<SubjectEntry> Subjects { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = NoEntries.Texts;

    public DateTime? Created { get; init; }

    public string? Uid { get; init; }

    internal static BindingEntry From(RoleBinding binding) => new(binding.Namespace, binding.Name, binding.RoleKind, binding.Role)
    {
        Subjects = [.. binding.Subjects.Select(subject => new SubjectEntry(subject.Kind, subject.ApiGroup, subject.WrittenNamespace, subject.Name))],
        Labels = binding.Labels,
        Created = binding.CreationTimestamp?.ToUniversalTime(),
        Uid = binding.Uid,
    };

    internal RoleBinding ToBinding() => new()
    {
        Namespace = Namespace,
        Name = Name,
        RoleKind = RoleKind,
        Role = Role,
        Subjects = [.. Subjects.Select(subject => RoleSubject.Read(subject.Kind, subject.ApiGroup, subject.Namespace, subject.Name, Namespace))],
        Labels = Labels,
        CreationTimestamp = Created?.ToLocalTime(),
        Uid = Uid,
    };
}

/// <summary>A subject as the binding has it.</summary>
internal sealed record SubjectEntry(string Kind, string? ApiGroup, string? Namespace, string Name);
