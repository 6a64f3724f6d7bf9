namespace KubeSa;

/// <summary>The folder with the service account.</summary>
public sealed record MountEvidence
{
    /// <summary>The path of the folder.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the folder is there.</summary>
    public bool Exists { get; init; }

    /// <summary>Why it cannot be read; null where it can, or is not there.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// What the account itself says of mounting its token (automountServiceAccountToken); null where it does not say, or was not
    /// looked at.
    /// </summary>
    public bool? AccountAutomount { get; init; }

    /// <summary>The time it took to look.</summary>
    public TimeSpan Elapsed { get; init; }
}
