namespace KubeSa;

/// <summary>The keys that a server verifies tokens by, as it shows them to whoever asks (its JWKS, RFC 7517).</summary>
public sealed record KeysEvidence
{
    /// <summary>The exchange.</summary>
    public required HttpEvidence Answer { get; init; }

    /// <summary>How the token's signature stands to them; null where they are not shown.</summary>
    public SignatureEvidence? Signature { get; init; }
}
