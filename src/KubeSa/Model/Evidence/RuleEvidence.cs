namespace KubeSa;

/// <summary>A rule of a role (https://kubernetes.io/docs/reference/access-authn-authz/rbac/); <c>*</c> stands for all.</summary>
public sealed record RuleEvidence
{
    /// <summary>The verbs it allows.</summary>
    public IReadOnlyList<string> Verbs { get; init; } = [];

    /// <summary>The API groups it is about; the core group is empty text.</summary>
    public IReadOnlyList<string> ApiGroups { get; init; } = [];

    /// <summary>The resources, with their subresources: <c>pods</c>, <c>pods/log</c>.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>The only objects it is about; empty for all.</summary>
    public IReadOnlyList<string> ResourceNames { get; init; } = [];

    /// <summary>The paths that a rule is about which stand for no resource; empty where it is about resources.</summary>
    public IReadOnlyList<string> NonResourceUrls { get; init; } = [];
}
