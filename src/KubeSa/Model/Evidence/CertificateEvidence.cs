namespace KubeSa;

/// <summary>What a certificate says (RFC 5280).</summary>
public sealed record CertificateEvidence
{
    /// <summary>Whose it is.</summary>
    public required string Subject { get; init; }

    /// <summary>Who signed it.</summary>
    public required string Issuer { get; init; }

    /// <summary>The host names and addresses it is good for.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>From when on it is good.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Until when it is good.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The SHA-256 of the certificate, in hexadecimal digits.</summary>
    public required string Thumbprint { get; init; }
}
