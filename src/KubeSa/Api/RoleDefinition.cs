namespace KubeSa.Api;

/// <summary>A Role, or a ClusterRole, with its rules.</summary>
/// <param name="Namespace">The namespace of a Role; null for a ClusterRole.</param>
/// <param name="Name">The name.</param>
/// <param name="Rules">What it allows.</param>
public sealed record RoleDefinition(string? Namespace, string Name, IReadOnlyList<RoleRule> Rules)
{
    /// <summary>The selectors of the ClusterRoles whose rules the server gathers in it; empty for a role with rules of its own.</summary>
    public IReadOnlyList<string> AggregatedFrom { get; init; } = [];

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was created, in local time.</summary>
    public DateTime? CreationTimestamp { get; init; }

    /// <summary>The unique id.</summary>
    public string? Uid { get; init; }

    /// <summary>The opaque version of the object on the server.</summary>
    public string? ResourceVersion { get; init; }
}
