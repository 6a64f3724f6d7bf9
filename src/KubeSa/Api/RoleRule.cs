namespace KubeSa.Api;

/// <summary>What a rule of a role allows (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole).</summary>
public sealed record RoleRule
{
    private const string All = "*";

    /// <summary>The verbs; * for all.</summary>
    public IReadOnlyList<string> Verbs { get; init; } = [];

    /// <summary>The API groups; empty text for the core group, * for all.</summary>
    public IReadOnlyList<string> ApiGroups { get; init; } = [];

    /// <summary>The resources, with subresources where there are such; * for all.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>The names of the objects that alone are meant; empty for all.</summary>
    public IReadOnlyList<string> ResourceNames { get; init; } = [];

    /// <summary>Paths that stand for no resource; a * at the end stands for whatever follows.</summary>
    public IReadOnlyList<string> NonResourceUrls { get; init; } = [];

    /// <summary>Whether the rule allows every verb on every resource.</summary>
    public bool AllowsEverything => Verbs.Contains(All) && ApiGroups.Contains(All) && Resources.Contains(All) && ResourceNames.Count == 0;

    /// <summary>Whether the rule allows what is asked, as the server's RBAC authorizer reads it.</summary>
    public bool Allows(AccessRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Has(Verbs, request.Verb)
            && (request.NonResourceUrl is { } path
                ? NonResourceUrls.Any(url => url == path || (url.EndsWith('*') && path.StartsWith(url[..^1], StringComparison.Ordinal)))
                : Has(ApiGroups, request.Group) && AllowsResource(request) && AllowsName(request.Name));
    }

    private bool AllowsResource(AccessRequest request) => request.Subresource is { } sub
        ? Has(Resources, $"{request.Resource}/{sub}") || Resources.Contains($"{All}/{sub}")
        : Has(Resources, request.Resource!);

    private bool AllowsName(string? name) => ResourceNames.Count == 0 || (name is not null && ResourceNames.Contains(name));

    private static bool Has(IReadOnlyList<string> list, string item) => list.Contains(All) || list.Contains(item);
}
