namespace KubeSa;

/// <summary>What was seen of a token; never the token.</summary>
public sealed record TokenTestEvidence
{
    /// <summary>When it was looked at, by the clock of this machine.</summary>
    public required DateTimeOffset Clock { get; init; }

    /// <summary>What the token says of itself; null where it is none.</summary>
    public TokenInfo? Info { get; init; }

    /// <summary>Why it is no token; null where it is one.</summary>
    public string? Problem { get; init; }

    /// <summary>What of its header and claims is not as a service-account token's must be, each as a part of a sentence.</summary>
    public string[] ClaimFaults { get; init; } = [];

    /// <summary>How long its signature is, in bytes; null where it has none or is no token.</summary>
    public int? SignatureBytes { get; init; }

    /// <summary>Whom it is to be good for; empty for the API server itself.</summary>
    public string[] Audiences { get; init; } = [];

    /// <summary>How the signature stands to the keys that were given; null where a server was asked.</summary>
    public SignatureEvidence? Signature { get; init; }

    /// <summary>What a server told; null where none was asked.</summary>
    public AdministratorEvidence? Administrator { get; init; }
}
