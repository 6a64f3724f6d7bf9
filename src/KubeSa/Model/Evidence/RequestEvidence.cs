namespace KubeSa;

/// <summary>The request itself: a list.</summary>
public sealed record RequestEvidence
{
    /// <summary>The exchange; the last one where there were several pages.</summary>
    public required HttpEvidence Answer { get; init; }

    /// <summary>How many objects there are; null where the answer does not tell.</summary>
    public int? ItemCount { get; init; }

    /// <summary>Whether there may be more than were counted.</summary>
    public bool Incomplete { get; init; }
}
