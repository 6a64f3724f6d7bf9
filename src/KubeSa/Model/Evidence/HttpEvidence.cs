namespace KubeSa;

/// <summary>A request and its answer; neither credentials nor bodies.</summary>
public sealed record HttpEvidence
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The path and the query.</summary>
    public required string Path { get; init; }

    /// <summary>How the exchange ended, whatever the answer says.</summary>
    public StepOutcome Outcome { get; init; }

    /// <summary>The status code; null where no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>The media type of the answer.</summary>
    public string? ContentType { get; init; }

    /// <summary>The kind of the object in the body, such as PodList or Status; null where there is none.</summary>
    public string? Kind { get; init; }

    /// <summary>The reason of a Status, such as Forbidden.</summary>
    public string? Reason { get; init; }

    /// <summary>The message of a Status.</summary>
    public string? Message { get; init; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The server's clock (the Date header, to the second).</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The name of the failure; null where there is none.</summary>
    public string? Error { get; init; }

    /// <summary>The time it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether it is the refusal of something in front of the API server, such as Rancher or a proxy.</summary>
    internal bool IsRefusalFromInFront => this is { Outcome: StepOutcome.Done, Status: 401 or 403, Kind: not "Status" };
}
