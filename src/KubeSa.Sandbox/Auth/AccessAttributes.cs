using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Auth;

/// <summary>What somebody wants to do. Either a resource (Group to Name) or, when IsResource is false, a path.</summary>
public sealed record AccessAttributes
{
    public required string Verb { get; init; }
    public bool IsResource { get; init; }
    public string Group { get; init; } = "";
    public string Version { get; init; } = "";
    public string Resource { get; init; } = "";
    public string Subresource { get; init; } = "";
    public string Namespace { get; init; } = "";
    public string Name { get; init; } = "";
    public string Path { get; init; } = "";

    /// <summary>The attributes of a request as it came in.</summary>
    public static AccessAttributes Of(RequestInfo info) => new()
    {
        Verb = info.Verb,
        IsResource = info.IsResource,
        Group = info.Group,
        Version = info.Version,
        Resource = info.Resource,
        Subresource = info.Subresource,
        Namespace = info.Namespace,
        Name = info.Name,
        Path = info.Path,
    };
}
