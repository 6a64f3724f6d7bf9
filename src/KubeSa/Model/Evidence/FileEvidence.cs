namespace KubeSa;

/// <summary>A file of the mount; never its content.</summary>
public sealed record FileEvidence
{
    /// <summary>The path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it is there.</summary>
    public bool Exists { get; init; }

    /// <summary>Why it cannot be read; null where it can, or is not there.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether there is nothing in it but blanks.</summary>
    public bool Empty { get; init; }

    /// <summary>What it points to, where it is a link to something that is not there; null otherwise.</summary>
    public string? BrokenLink { get; init; }
}
