namespace KubeSa;

/// <summary>An object that a token names, as it is on the server.</summary>
public sealed record ObjectEvidence
{
    /// <summary>The object as <c>Kind namespace/name</c>.</summary>
    public required string Reference { get; init; }

    /// <summary>The unique id that the token names; null where it names none.</summary>
    public string? ClaimedUid { get; init; }

    /// <summary>The unique id the object has; null where it is not there or could not be looked at.</summary>
    public string? Uid { get; init; }

    /// <summary>Of a Secret, whether it holds this very token; null for other objects and where it could not be looked at.</summary>
    public bool? HoldsToken { get; init; }

    /// <summary>Why it could not be looked at; null where it could.</summary>
    public string? Problem { get; init; }
}
