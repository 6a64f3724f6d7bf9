namespace KubeSa;

/// <summary>How a token's signature stands to the keys that a server verifies by.</summary>
public sealed record SignatureEvidence
{
    /// <summary>The ids of the server's keys (<c>kid</c>, RFC 7517).</summary>
    public IReadOnlyList<string> ServerKeyIds { get; init; } = [];

    /// <summary>The id of the key that the token says it was signed with; null where it says none.</summary>
    public string? TokenKeyId { get; init; }

    /// <summary>Whether that id is among the server's; null where the token says none.</summary>
    public bool? KeyIdKnown { get; init; }

    /// <summary>The algorithm that the token says it was signed by.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Whether any of the server's keys verifies the signature; each was tried.</summary>
    public bool Verified { get; init; }

    /// <summary>The id of the key that verifies it; null where none does, or where that key has no id.</summary>
    public string? VerifiedByKeyId { get; init; }

    /// <summary>Whether the key that the token names is of a kind that cannot be used here, or broken.</summary>
    public bool NamedKeyUnusable { get; init; }

    /// <summary>Whether only the id of the key was looked at, because the token itself was not at hand.</summary>
    public bool Untried { get; init; }

    /// <summary>How many bytes the signature has; null where that was not looked at.</summary>
    public int? Bytes { get; init; }

    /// <summary>How many bytes the key that the token names makes; null where that key is not known.</summary>
    public int? ExpectedBytes { get; init; }
}
