namespace KubeSa.Analysis.Reports;

/// <summary>What a report is written of: findings and paths, with the rules that explain the findings.</summary>
internal sealed class AuditReport
{
    private readonly IReadOnlyDictionary<string, AuditRule> _rules;

    /// <param name="findings">The findings, in any order.</param>
    /// <param name="paths">The escalation paths, in any order.</param>
    /// <param name="rules">The rules that are known, by id; a finding of another rule explains itself.</param>
    /// <param name="written">When the report is written.</param>
    internal AuditReport(
        IEnumerable<AuditFinding> findings, IEnumerable<EscalationPath> paths, IReadOnlyDictionary<string, AuditRule> rules, DateTimeOffset written)
    {
        Findings = [.. findings
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.RuleId, StringComparer.Ordinal)
            .ThenBy(finding => finding.Account, StringComparer.Ordinal)
            .ThenBy(finding => finding.Fingerprint, StringComparer.Ordinal)];
        Paths = [.. paths
            .OrderByDescending(path => path.Certainty)
            .ThenBy(path => path.Steps.Length)
            .ThenBy(path => path.From, StringComparer.Ordinal)
            .ThenBy(path => path.To, StringComparer.Ordinal)];
        _rules = rules;
        Written = written.ToUniversalTime();
    }

    /// <summary>The findings, the gravest first.</summary>
    internal IReadOnlyList<AuditFinding> Findings { get; }

    /// <summary>The paths, the surest and shortest first.</summary>
    internal IReadOnlyList<EscalationPath> Paths { get; }

    /// <summary>When the report was written, in UTC.</summary>
    internal DateTimeOffset Written { get; }

    /// <summary>The clusters that are reported on.</summary>
    internal IReadOnlyList<string> Clusters =>
        [.. Findings.SelectMany(ClustersOf).Concat(Paths.Select(ClusterOf)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The rules that something was found by, the gravest first.</summary>
    internal IReadOnlyList<AuditRule> Rules => [.. Findings
        .GroupBy(finding => finding.RuleId, StringComparer.Ordinal)
        .Select(group => RuleOf(group.First()))
        .OrderByDescending(rule => rule.Severity)
        .ThenBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>The clusters in which a finding was made.</summary>
    internal static IReadOnlyList<string> ClustersOf(AuditFinding finding) => finding.Clusters is { Length: > 0 } many ? many : [finding.Cluster ?? Unnamed];

    /// <summary>The cluster of a path.</summary>
    internal static string ClusterOf(EscalationPath path) => path.Cluster ?? Unnamed;

    /// <summary>The rule of a finding; for a rule of the user's own what the finding says of it.</summary>
    internal AuditRule RuleOf(AuditFinding finding) => _rules.TryGetValue(finding.RuleId, out var known) ? known : new AuditRule
    {
        Id = finding.RuleId,
        Title = finding.RuleId,
        LooksFor = "A rule of your own, which the module does not know.",
        Why = finding.Message,
        Severity = finding.Severity,
        Remedy = finding.Remedy,
        Reference = finding.Reference,
    };

    // What came from a file that does not say which cluster it is about.
    private const string Unnamed = "cluster";
}
