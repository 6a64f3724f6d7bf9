using System.Security.Cryptography;
using System.Text;
using KubeSa.Analysis.Audit.Checks;
using KubeSa.Analysis.Snapshot;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Audit;

/// <summary>Snapshot in, findings out.</summary>
internal static class Auditor
{
    private const int MostEvidence = 20;

    /// <summary>What the checks find, the gravest first; and last what could not be looked at.</summary>
    /// <param name="snapshot">The cluster.</param>
    /// <param name="checks">The checks.</param>
    /// <param name="isAskedFor">Which of what they find is wanted; all where this is null.</param>
    internal static IEnumerable<AuditFinding> Findings(AccessSnapshot snapshot, IReadOnlyList<AuditCheck> checks, Func<AuditHit, bool>? isAskedFor = null)
    {
        var view = new AuditView(snapshot);
        return checks
            .SelectMany(check => check.Find(view).Where(hit => isAskedFor?.Invoke(hit) != false).Select(hit => Finding(check.Rule, hit, view)))
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.RuleId, StringComparer.Ordinal)
            .ThenBy(finding => finding.Account, StringComparer.Ordinal)
            .ThenBy(finding => finding.Fingerprint, StringComparer.Ordinal)
            .Concat(snapshot.NotRead.Select(part => NotRead(part, checks, snapshot)));
    }

    private static AuditFinding Finding(AuditRule rule, AuditHit hit, AuditView view)
    {
        var (severity, reason) = Severities.Of(hit, view);
        List<AuditEvidence> evidence = [.. hit.Evidence, .. OfRights(hit.Rights, view)];
        return Marked(view.Snapshot, new AuditFinding
        {
            RuleId = rule.Id,
            Severity = severity,
            SeverityReason = reason,
            Clusters = [view.Snapshot.Cluster.Name],
            Namespace = hit.Principal?.Namespace ?? hit.Namespace,
            ServiceAccount = hit.Principal?.Account?.Name,
            Message = hit.Message,
            Evidence = [.. evidence.Take(MostEvidence)],
            Remedy = hit.Remedy ?? rule.Remedy,
            Command = hit.Command ?? Command(hit),
            Reference = rule.Reference,
            Fingerprint = Fingerprint(rule.Id, hit, evidence),
        });
    }

    private static IEnumerable<AuditEvidence> OfRights(IEnumerable<HeldRule> rights, AuditView view) => rights
        .SelectMany(held => new[] { BindingChecks.Object(held.Binding), BindingChecks.Rule(held, view.Snapshot.Policy.ContributorsOf(held.Role, held.Rule)) })
        .DistinctBy(evidence => evidence.ToString());

    /// <summary>Takes away the binding that gives the most of it; the rest of the evidence names the others.</summary>
    private static string? Command(AuditHit hit)
    {
        if (hit.Rights.Count == 0)
        {
            return null;
        }

        var binding = hit.Rights.GroupBy(held => held.Binding).OrderByDescending(group => group.Count()).First().Key;
        return hit.Principal?.Account is null
            ? $"Get-KubeRoleBinding {PowerShellText.Argument(binding.Name)} {(binding.Namespace is { } ns ? $"-Namespace {PowerShellText.Argument(ns)}" : "-ClusterWide")}"
            : BindingChecks.Revoke(binding, hit.Principal.ToString());
    }

    /// <summary>Of what stays as long as the finding does, in whatever cluster: no times, no uids, no counts, no names of pods.</summary>
    private static string Fingerprint(string rule, AuditHit hit, IEnumerable<AuditEvidence> evidence)
    {
        IEnumerable<string> what = hit.Key is { } key
            ? [key]
            : evidence.Select(one => $"{one.Kind} {one.Namespace}/{one.Name}").Distinct().Order(StringComparer.Ordinal);
        return Digest([rule, hit.Principal?.ToString() ?? hit.Namespace ?? string.Empty, .. what]);
    }

    /// <summary>A fingerprint of some texts.</summary>
    internal static string Digest(params string[] texts) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))))[..32].ToLowerInvariant();

    /// <summary>
    /// The findings of several clusters, the same one once with all of its clusters, and as grave as where it is gravest.
    /// </summary>
    internal static IEnumerable<AuditFinding> Merge(IEnumerable<AuditFinding> findings) => findings
        .GroupBy(finding => (finding.RuleId, finding.Fingerprint, What: finding.RuleId == AuditChecks.NotRead.Id ? finding.Message : null))
        .Select(same => Once([.. same]))
        .OrderByDescending(finding => finding.Severity)
        .ThenBy(finding => finding.RuleId, StringComparer.Ordinal)
        .ThenBy(finding => finding.Account, StringComparer.Ordinal);

    /// <summary>A cluster, or a file, that was not looked at.</summary>
    internal static AuditFinding NotLookedAt(string cluster, string why) => new()
    {
        RuleId = AuditChecks.NotRead.Id,
        Severity = AuditChecks.NotRead.Severity,
        Clusters = [cluster],
        Message = $"The cluster {cluster} was not looked at: {why}",
        Remedy = AuditChecks.NotRead.Remedy,
        Reference = AuditChecks.NotRead.Reference,
        Fingerprint = Digest(AuditChecks.NotRead.Id, cluster),
    };

    private static AuditFinding Once(List<AuditFinding> same)
    {
        var gravest = same.MaxBy(finding => finding.Severity)!;
        var clusters = same.SelectMany(finding => finding.Clusters).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (clusters.Length > 1)
        {
            gravest.Clusters = clusters;

            // No command goes to several clusters by itself.
            gravest.CameFrom(null, string.Join(", ", clusters), null);
        }

        return gravest;
    }

    private static AuditFinding NotRead(NotRead part, IReadOnlyList<AuditCheck> checks, AccessSnapshot snapshot)
    {
        var rule = AuditChecks.NotRead;
        var unknown = checks.Where(check => check.Needs.Contains(part.Resource)).Select(check => check.Rule.Id).ToList();
        return Marked(snapshot, new AuditFinding
        {
            RuleId = rule.Id,
            Severity = rule.Severity,
            Clusters = [snapshot.Cluster.Name],
            Namespace = part.Namespace,
            Message = $"{part.Resource} {(part.Namespace is null ? "of the cluster" : $"of namespace {part.Namespace}")} could not be read ({part.Reason})"
                + (unknown.Count == 0 ? "." : $": what {string.Join(", ", unknown)} would find there is unknown."),
            Evidence = [new AuditEvidence { Kind = "Request", Namespace = part.Namespace, Name = part.Resource, Detail = part.Message }],
            Remedy = rule.Remedy,
            Reference = rule.Reference,
            Fingerprint = Fingerprint(rule.Id, new AuditHit(rule.Severity, string.Empty) { Namespace = part.Namespace, Key = part.Resource }, []),
        });
    }

    // What is done about a finding goes to the cluster that it is about, or nowhere.
    private static AuditFinding Marked(AccessSnapshot snapshot, AuditFinding finding)
    {
        finding.CameFrom(null, snapshot.Cluster.Name, snapshot.Cluster.Server);
        return finding;
    }
}
