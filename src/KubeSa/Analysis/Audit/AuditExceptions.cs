using System.Globalization;

namespace KubeSa.Analysis.Audit;

/// <summary>Leaves out the findings that are accepted, and tells of exceptions whose time is over.</summary>
internal static class AuditExceptions
{
    /// <summary>What is told where an exception has expired: the findings that it was for are there again, and this says why.</summary>
    internal static readonly AuditRule Expired = new()
    {
        Id = "EXCEPTION-EXPIRED",
        Title = "An exception has expired",
        LooksFor = "An exception of the file whose last day is over and for which something is found.",
        Why = "Somebody accepted it for a time, and the time is over.",
        Severity = AuditSeverity.Medium,
        Remedy = "Do away with what was accepted, or accept it anew with a reason and a day.",
        Reference = "Invoke-KubeServiceAccountAudit -Exception",
    };

    /// <summary>The findings of a cluster that are not accepted, and those about exceptions.</summary>
    internal static IEnumerable<AuditFinding> Apply(IEnumerable<AuditFinding> findings, IReadOnlyList<AuditException> exceptions, string cluster, DateOnly today)
    {
        var expired = new HashSet<AuditException>();
        foreach (var finding in findings)
        {
            var fitting = exceptions.Where(one => one.Fits(finding, cluster)).ToList();

            // What could not be looked at is no finding that anybody can have looked at.
            if (finding.RuleId == AuditChecks.NotRead.Id || fitting.TrueForAll(one => one.HasExpired(today)))
            {
                expired.UnionWith(fitting.Where(one => one.HasExpired(today)));
                yield return finding;
            }
        }

        foreach (var one in exceptions.Where(expired.Contains))
        {
            yield return Tell(one, cluster);
        }
    }

    private static AuditFinding Tell(AuditException one, string cluster) => new()
    {
        RuleId = Expired.Id,
        Severity = Expired.Severity,
        Clusters = [cluster],
        Message = string.Create(CultureInfo.InvariantCulture, $"The exception for {one.Fingerprint ?? one.Rule} of {one.Account} (\"{one.Reason}\") expired on {one.Expires:yyyy-MM-dd}."),
        Remedy = Expired.Remedy,
        Reference = Expired.Reference,
        Fingerprint = Auditor.Digest(Expired.Id, one.Rule, one.Account, one.Fingerprint ?? string.Empty),
    };
}
