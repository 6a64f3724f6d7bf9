namespace KubeSa.Api;

/// <summary>A Role, or a ClusterRole, with its rules.</summary>
/// <param name="Namespace">The namespace of a Role; null for a ClusterRole.</param>
/// <param name="Name">The name.</param>
/// <param name="Rules">What it allows.</param>
public sealed record RoleDefinition(string? Namespace, string Name, IReadOnlyList<RoleRule> Rules);
