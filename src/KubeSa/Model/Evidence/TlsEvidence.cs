namespace KubeSa;

/// <summary>The TLS handshake with the server.</summary>
public sealed record TlsEvidence
{
    /// <summary>How the handshake ended, whatever the certificate is worth.</summary>
    public StepOutcome Outcome { get; init; }

    /// <summary>The name that the certificate must bear.</summary>
    public required string ServerName { get; init; }

    /// <summary>The certificate the server showed; null where it did not come to that.</summary>
    public CertificateEvidence? Certificate { get; init; }

    /// <summary>Whether the mount's CA signed it, expired or not; null where there is no CA to judge by.</summary>
    public bool? Trusted { get; init; }

    /// <summary>Whether it names the host.</summary>
    public bool? NameMatches { get; init; }

    /// <summary>Whether it, and all that vouch for it, are good at this machine's time.</summary>
    public bool? ValidNow { get; init; }

    /// <summary>What is wrong with its chain, by the platform's names.</summary>
    public IReadOnlyList<string> ChainProblems { get; init; } = [];

    /// <summary>The name of the failure; null where there is none.</summary>
    public string? Error { get; init; }

    /// <summary>The time it took.</summary>
    public TimeSpan Elapsed { get; init; }
}
