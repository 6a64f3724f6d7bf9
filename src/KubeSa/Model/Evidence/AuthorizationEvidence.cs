namespace KubeSa;

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
