namespace KubeSa.Analysis.Audit;

/// <summary>A rule of the audit with how it is judged.</summary>
/// <param name="Rule">What it looks for, and why.</param>
/// <param name="Needs">The parts of the snapshot (SnapshotParts) without which it can find nothing.</param>
/// <param name="Find">Finds what is told of; a pure function of the snapshot.</param>
internal sealed record AuditCheck(AuditRule Rule, IReadOnlyList<string> Needs, Func<AuditView, IEnumerable<AuditHit>> Find)
{
    /// <summary>What any judgement of rights needs.</summary>
    internal static readonly string[] Rbac =
    [
        Snapshot.SnapshotParts.Roles, Snapshot.SnapshotParts.ClusterRoles, Snapshot.SnapshotParts.RoleBindings, Snapshot.SnapshotParts.ClusterRoleBindings,
    ];

    /// <summary>What shows who runs as an account.</summary>
    internal static readonly string[] Running = [Snapshot.SnapshotParts.Pods, .. Snapshot.SnapshotParts.Workloads];

    /// <summary>A check of each principal by itself: of what an account, or a group of accounts, may do.</summary>
    internal static AuditCheck OfRights(AuditRule rule, Func<Principal, AuditView, IEnumerable<AuditHit>> find) =>
        new(rule, Rbac, view => view.Principals.SelectMany(principal => find(principal, view).Select(hit => hit.About(principal))));
}
