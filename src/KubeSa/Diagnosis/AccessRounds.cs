namespace KubeSa.Diagnosis;

/// <summary>Puts the reports of a series in relation: which round each is, and what changed since the one before.</summary>
public sealed class AccessRounds
{
    private AccessEvidence? _seen;
    private AccessReport? _last;
    private AccessReport? _lastWorking;
    private AccessReport? _firstFailing;

    /// <summary>Completes the report of the next round, which was judged from this evidence.</summary>
    public AccessReport Add(AccessEvidence evidence, AccessReport report)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(report);
        report.Round = (_last?.Round ?? 0) + 1;
        report.Change = ChangeTo(report);
        report.Changes = [.. Turn(report), .. _seen is null ? [] : RoundChanges.Between(_seen, evidence)];
        _firstFailing = report.Success ? null : _firstFailing ?? report;
        _lastWorking = report.Success ? report : _lastWorking;
        (_seen, _last) = (evidence, report);
        return report;
    }

    private AccessRoundChange ChangeTo(AccessReport report) => (_last, report) switch
    {
        (null, _) => AccessRoundChange.First,
        ({ Success: true }, { Success: false }) => AccessRoundChange.Failed,
        ({ Success: false }, { Success: true }) => AccessRoundChange.Recovered,
        var (last, now) => last!.Cause == now.Cause ? AccessRoundChange.Same : AccessRoundChange.OtherCause,
    };

    private IEnumerable<string> Turn(AccessReport report)
    {
        switch (report.Change)
        {
            case AccessRoundChange.Failed:
                yield return $"It last worked {ReportPhrases.Span(report.Timestamp - _lastWorking!.Timestamp)} ago.";
                break;
            case AccessRoundChange.Recovered:
                var rounds = report.Round - _firstFailing!.Round;
                yield return $"It failed for {ReportPhrases.Span(report.Timestamp - _firstFailing.Timestamp)} ({rounds} {(rounds == 1 ? "round" : "rounds")}), at last with {_last!.Cause}.";
                break;
            case AccessRoundChange.OtherCause:
                yield return $"The cause was {_last!.Cause}.";
                break;
        }
    }
}
