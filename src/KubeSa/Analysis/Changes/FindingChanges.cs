using KubeSa.Analysis.Audit;
using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Changes;

/// <summary>Which findings of the audit are new and which are gone, by their fingerprints.</summary>
internal static class FindingChanges
{
    internal static IEnumerable<AccessChange> Between(AccessSnapshot before, AccessSnapshot after)
    {
        var (old, now) = (Findings(before), Findings(after));
        return now.Where(finding => !old.ContainsKey(finding.Key)).Select(finding => Change(finding.Value, AccessChangeDirection.Gained))
            .Concat(old.Where(finding => !now.ContainsKey(finding.Key)).Select(finding => Change(finding.Value, AccessChangeDirection.Lost)));
    }

    // What could not be looked at is no finding about anybody; the command tells of it.
    private static Dictionary<string, AuditFinding> Findings(AccessSnapshot snapshot) =>
        Auditor.Findings(snapshot, AuditChecks.All).Where(finding => finding.RuleId != AuditChecks.NotRead.Id).DistinctBy(finding => finding.Fingerprint).ToDictionary(finding => finding.Fingerprint);

    private static AccessChange Change(AuditFinding finding, AccessChangeDirection direction) => new()
    {
        Change = direction,
        Kind = AccessChangeKind.Finding,
        Severity = direction == AccessChangeDirection.Lost ? AuditSeverity.Info : finding.Severity,
        Subject = finding.ServiceAccount is null ? finding.Account : $"ServiceAccount {finding.Account}",
        Namespace = finding.ServiceAccount is null ? null : finding.Namespace,
        ServiceAccount = finding.ServiceAccount,
        What = finding.RuleId,
        Binding = finding.Evidence.Where(evidence => evidence.Kind is "RoleBinding" or "ClusterRoleBinding").Select(evidence => $"{evidence.Kind} {(evidence.Namespace is null ? evidence.Name : $"{evidence.Namespace}/{evidence.Name}")}").FirstOrDefault(),
        Reason = finding.Message,
    };
}
