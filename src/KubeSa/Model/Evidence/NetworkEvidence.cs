namespace KubeSa;

/// <summary>How a step on the network ended, whatever was then said over it.</summary>
public enum StepOutcome : long
{
    /// <summary>It was done: connected, encrypted, answered.</summary>
    Done,

    /// <summary>The host name does not resolve.</summary>
    HostNotFound,

    /// <summary>The address refuses connections.</summary>
    Refused,

    /// <summary>There is no route to the address.</summary>
    Unreachable,

    /// <summary>Nothing came within the time allowed.</summary>
    TimedOut,

    /// <summary>The other side closed the connection.</summary>
    Reset,

    /// <summary>What came is not the protocol that was spoken: no TLS, no HTTP, an answer cut short or far too long.</summary>
    Malformed,

    /// <summary>It failed in another way.</summary>
    Failed,
}

/// <summary>The way to the server's address.</summary>
public sealed record NetworkEvidence
{
    /// <summary>The host name or address that was tried.</summary>
    public required string Host { get; init; }

    /// <summary>The port that was tried.</summary>
    public required int Port { get; init; }

    /// <summary>The addresses that the host has.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>How connecting ended.</summary>
    public StepOutcome Outcome { get; init; }

    /// <summary>The system's name for the failure, such as ConnectionRefused; null where there is none.</summary>
    public string? Error { get; init; }

    /// <summary>The time it took.</summary>
    public TimeSpan Elapsed { get; init; }
}

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
