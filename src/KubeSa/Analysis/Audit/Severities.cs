using KubeSa.Analysis.Audit.Checks;
using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Audit;

/// <summary>
/// How what is known of an account changes how grave its rights are: a step less where nobody runs as it and no token is about, and
/// where they count in its own namespace alone; a step more where it is on every node, or is what pods run as that name none.
/// </summary>
internal static class Severities
{
    internal static (AuditSeverity Severity, string? Reason) Of(AuditHit hit, AuditView view)
    {
        if (!hit.IsAboutRights || hit.Principal is not { Account: { } account } principal)
        {
            return (hit.Severity, null);
        }

        var (step, reasons) = (0, new List<string>());
        if (principal.Pods.Count == 0 && principal.Tokens.Count == 0 && WasLookedAt(view, account.Namespace))
        {
            (step, _) = (step - 1, Add(reasons, "no pod runs as it and it has no token Secret"));
        }

        if (hit.Rights.All(right => right.Scope == account.Namespace))
        {
            (step, _) = (step - 1, Add(reasons, "it counts in its own namespace alone"));
        }

        if (PlacementChecks.IsOnEveryNode(principal))
        {
            (step, _) = (step + 1, Add(reasons, "it is on every node"));
        }
        else if (PlacementChecks.IsDefault(principal))
        {
            (step, _) = (step + 1, Add(reasons, "pods run as it that name no account"));
        }

        var severity = (AuditSeverity)Math.Clamp((long)hit.Severity + step, (long)AuditSeverity.Info, (long)AuditSeverity.Critical);
        return (severity, severity == hit.Severity ? null : $"{severity} and not {hit.Severity}: {string.Join("; ", reasons)}.");
    }

    private static bool WasLookedAt(AuditView view, string ns) =>
        view.Snapshot.WasRead(SnapshotParts.Pods, ns) && view.Snapshot.WasRead(SnapshotParts.Secrets, ns);

    private static bool Add(List<string> reasons, string reason)
    {
        reasons.Add(reason);
        return true;
    }
}
