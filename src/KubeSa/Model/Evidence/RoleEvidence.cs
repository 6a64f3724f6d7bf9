namespace KubeSa;

/// <summary>A role that would allow what was forbidden.</summary>
public sealed record RoleEvidence
{
    /// <summary>The namespace of a Role; null for a ClusterRole.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>All that it allows.</summary>
    public IReadOnlyList<RuleEvidence> Rules { get; init; } = [];
}
