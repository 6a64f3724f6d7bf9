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

/// <summary>What the server says of the account's rights (SelfSubjectAccessReview).</summary>
public sealed record AuthorizationEvidence
{
    /// <summary>The exchange.</summary>
    public required HttpEvidence Answer { get; init; }

    /// <summary>Whether it may; null where the answer does not say.</summary>
    public bool? Allowed { get; init; }

    /// <summary>Why, where the server says so.</summary>
    public string? Reason { get; init; }
}

/// <summary>What answers to a request for its version, made without credentials.</summary>
public sealed record ServerEvidence
{
    /// <summary>The exchange.</summary>
    public required HttpEvidence Answer { get; init; }

    /// <summary>The version it gives, such as v1.36.2.</summary>
    public string? GitVersion { get; init; }

    /// <summary>What it answers to the question whether it is ready; null where the request itself showed that it is.</summary>
    public HttpEvidence? Readiness { get; init; }

    /// <summary>The checks of its own that fail, such as etcd.</summary>
    public IReadOnlyList<string> NotReady { get; init; } = [];
}

/// <summary>The keys that a server verifies tokens by, as it shows them to whoever asks (its JWKS, RFC 7517).</summary>
public sealed record KeysEvidence
{
    /// <summary>The exchange.</summary>
    public required HttpEvidence Answer { get; init; }

    /// <summary>How the token's signature stands to them; null where they are not shown.</summary>
    public SignatureEvidence? Signature { get; init; }
}
