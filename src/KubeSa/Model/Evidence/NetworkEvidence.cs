namespace KubeSa;

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
