using KubeSa.Analysis.Reach;
using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Changes;

/// <summary>Which accounts can become cluster-admin in one snapshot and could not, or less surely, in the other.</summary>
internal static class PathChanges
{
    private const int MostSteps = 10;

    internal static IEnumerable<AccessChange> Between(AccessSnapshot before, AccessSnapshot after)
    {
        var (old, now) = (Surest(before), Surest(after));
        return now.Where(path => !old.TryGetValue(path.Key, out var known) || known.Certainty < path.Value.Certainty).Select(path => Change(path.Value, AccessChangeDirection.Gained, old.ContainsKey(path.Key)))
            .Concat(old.Where(path => !now.TryGetValue(path.Key, out var known) || known.Certainty < path.Value.Certainty).Select(path => Change(path.Value, AccessChangeDirection.Lost, now.ContainsKey(path.Key))));
    }

    private static Dictionary<string, EscalationPath> Surest(AccessSnapshot snapshot)
    {
        var search = new EscalationSearch([snapshot], ReachTarget.ClusterAdmin) { WithCuts = false };
        return snapshot.Accounts.Select(account => search.Of(0, account.Namespace, account.Name, MostSteps).FirstOrDefault()).OfType<EscalationPath>().DistinctBy(path => path.From).ToDictionary(path => path.From);
    }

    private static AccessChange Change(EscalationPath path, AccessChangeDirection direction, bool wasThere) => new()
    {
        Change = direction,
        Kind = AccessChangeKind.Path,
        Severity = direction == AccessChangeDirection.Lost ? AuditSeverity.Info : path.Certainty switch
        {
            EscalationCertainty.Certain => AuditSeverity.Critical,
            EscalationCertainty.Likely => AuditSeverity.High,
            _ => AuditSeverity.Medium,
        },
        Subject = $"ServiceAccount {path.From}",
        Namespace = path.Namespace,
        ServiceAccount = path.ServiceAccount,
        What = $"{(wasThere ? "a surer" : "a")} path to {path.To}: {path.Route}",
        Binding = path.Steps[0].Binding,
        Role = path.Steps[0].Role,
        Reason = path.Steps[0].Condition,
    };
}
