namespace KubeSa.Api;

/// <summary>Something that a user may be allowed to do or not.</summary>
/// <param name="Verb">The verb: get, list, create ... or an HTTP method in lower case for a path.</param>
public sealed record AccessRequest(string Verb)
{
    /// <summary>The API group of the resource; empty for the core group.</summary>
    public string Group { get; init; } = string.Empty;

    /// <summary>The resource in the plural; null where it is about a path.</summary>
    public string? Resource { get; init; }

    /// <summary>The subresource, such as log; null for none.</summary>
    public string? Subresource { get; init; }

    /// <summary>The resource with its group and its subresource: <c>deployments.apps/scale</c>.</summary>
    public string FullResource =>
        Resource + (Group.Length > 0 ? $".{Group}" : string.Empty) + (Subresource is { } sub ? $"/{sub}" : string.Empty);

    /// <summary>The name of the object; null for all.</summary>
    public string? Name { get; init; }

    /// <summary>The namespace; null for all of them and for what has none.</summary>
    public string? Namespace { get; init; }

    /// <summary>The path of a URL that stands for no resource, such as /healthz; null where it is about a resource.</summary>
    public string? NonResourceUrl { get; init; }

    /// <summary>The user it is about; null for the caller.</summary>
    public string? User { get; init; }

    /// <summary>The groups of that user.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
}
