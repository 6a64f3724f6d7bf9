namespace KubeSa;

/// <summary>The CA file of the mount.</summary>
public sealed record CertificateAuthorityEvidence
{
    /// <summary>The file.</summary>
    public required FileEvidence File { get; init; }

    /// <summary>The certificates in it.</summary>
    public IReadOnlyList<CertificateEvidence> Certificates { get; init; } = [];

    /// <summary>How many blocks called CERTIFICATE cannot be read.</summary>
    public int Broken { get; init; }

    /// <summary>The time it took to read.</summary>
    public TimeSpan Elapsed { get; init; }
}
