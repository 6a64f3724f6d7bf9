namespace KubeSa;

/// <summary>The namespace file of the mount.</summary>
public sealed record NamespaceEvidence
{
    /// <summary>The file.</summary>
    public required FileEvidence File { get; init; }

    /// <summary>The namespace in it, without blanks around it; null where there is none.</summary>
    public string? Value { get; init; }
}
