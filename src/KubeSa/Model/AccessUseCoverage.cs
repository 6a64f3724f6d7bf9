using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>What an audit log can show, before anything is concluded from what it does not show.</summary>
public sealed class AccessUseCoverage
{
    /// <summary>When the first request of the log arrived, in local time; null where no event has a time.</summary>
    public DateTime? First { get; init; }

    /// <summary>When the last one arrived.</summary>
    public DateTime? Last { get; init; }

    /// <summary>On how many days, by UTC, there are events.</summary>
    public int Days { get; init; }

    /// <summary>Times of two hours and more without a single event of anybody, as <c>2026-11-02T10:00Z to 2026-11-02T14:00Z</c>. A server is never silent that long.</summary>
    public string[] Gaps { get; init => field = SafeName.All(value); } = [];

    /// <summary>The levels at which requests were logged.</summary>
    public string[] Levels { get; init => field = SafeName.All(value); } = [];

    /// <summary>How many kinds of requests, by verb, group, resource and subresource, the log holds of anybody.</summary>
    public int Kinds { get; init; }

    /// <summary>Files and other sources that were read.</summary>
    public long Files { get; init; }

    /// <summary>Events that were read.</summary>
    public long Events { get; init; }

    /// <summary>Further lines of requests that were counted already: the end of a watch, copies.</summary>
    public long Repeated { get; init; }

    /// <summary>Requests of nobody known, such as with a token that the server refused.</summary>
    public long Unauthenticated { get; init; }

    /// <summary>Events that tell neither a decision nor a code.</summary>
    public long Undecided { get; init; }

    /// <summary>Lines that are damaged.</summary>
    public long DamagedLines { get; init; }

    /// <summary>Records that are no audit events.</summary>
    public long OtherRecords { get; init; }

    /// <summary>The time and the number of events.</summary>
    public override string ToString() => $"{Events} events on {Days} days, {Gaps.Length} gaps, {DamagedLines} damaged lines";
}
