using KubeSa.Analysis.Audit.Checks;

namespace KubeSa.Analysis.Audit;

/// <summary>All checks of the audit: the one table of its rules.</summary>
internal static class AuditChecks
{
    /// <summary>The finding that something could not be looked at. It is no check of its own: every check needs some part.</summary>
    internal static readonly AuditRule NotRead = new()
    {
        Id = "NOT-READ",
        Title = "Something could not be looked at",
        LooksFor = "Parts of the cluster that the caller may not read, or that could not be read.",
        Why = "What was not looked at is unknown, and no all-clear.",
        Severity = AuditSeverity.Info,
        Remedy = "Let somebody with the right to read it run the audit, or take the snapshot.",
        Reference = "Export-KubeAccessSnapshot",
    };

    /// <summary>The checks, in the order in which they are told.</summary>
    internal static readonly IReadOnlyList<AuditCheck> All =
    [
        .. AdminChecks.All, .. SecretChecks.All, .. IdentityChecks.All, .. PodChecks.All, .. ClusterChecks.All, .. CloudChecks.All, .. PlacementChecks.All,
        .. BindingChecks.All, .. TokenChecks.All,
    ];

    /// <summary>The rules by id, with those about the audit itself.</summary>
    internal static readonly IReadOnlyDictionary<string, AuditRule> Rules =
        All.Select(check => check.Rule).Append(NotRead).Append(AuditExceptions.Expired).ToDictionary(rule => rule.Id, StringComparer.OrdinalIgnoreCase);
}
