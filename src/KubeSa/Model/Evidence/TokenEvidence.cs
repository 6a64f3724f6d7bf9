namespace KubeSa;

/// <summary>The token file of the mount; never the token.</summary>
public sealed record TokenEvidence
{
    /// <summary>The file.</summary>
    public required FileEvidence File { get; init; }

    /// <summary>What the token says of itself; null where it is none.</summary>
    public TokenInfo? Info { get; init; }

    /// <summary>How long its signature is, in bytes; null where it is no token. A token that was cut short has less than its algorithm makes.</summary>
    public int? SignatureBytes { get; init; }

    /// <summary>Whether the word Bearer stands before the token, which other programs then send twice.</summary>
    public bool HasScheme { get; init; }

    /// <summary>Why its content is no token; null where it is one.</summary>
    public string? Problem { get; init; }

    /// <summary>The time it took to read.</summary>
    public TimeSpan Elapsed { get; init; }
}
