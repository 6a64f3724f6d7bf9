using System.Security.Cryptography;
using System.Text;

namespace KubeSa.Sandbox.Resources;

/// <summary>A resource in one version of its API group, and what discovery says of it.</summary>
public sealed class ResourceType
{
    internal static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    public required string Group { get; init; }
    public required string Version { get; init; }

    /// <summary>The plural, as in the path.</summary>
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public required bool Namespaced { get; init; }
    public IReadOnlyList<string> Verbs { get; init; } = AllVerbs;
    public IReadOnlyList<string> ShortNames { get; init; } = [];
    public IReadOnlyList<string> Categories { get; init; } = [];
    public IReadOnlyList<Subresource> Subresources { get; init; } = [];

    public string Singular => Kind.ToLowerInvariant();

    /// <summary>As in objects: v1, apps/v1.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>As in messages: serviceaccounts, deployments.apps.</summary>
    public string QualifiedName => Group.Length == 0 ? Name : $"{Name}.{Group}";

    /// <summary>One per group and resource: all versions share the objects.</summary>
    public string StorageKey => $"{Group}/{Name}";

    /// <summary>Whether objects are kept; reviews and bindings are only answered.</summary>
    public bool IsStored => Verbs.Contains("list") && Name != "componentstatuses";

    /// <summary>The group and version the objects are stored in, whatever version they are asked for; null for v1 of the group.</summary>
    public string? StoredAs { get; init; }

    /// <summary>What discovery gives as the hash of the version that is stored: the first eight bytes of SHA-256 over it.</summary>
    public string StorageVersionHash =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{StoredAs ?? $"{Group}/v1"}/{Kind}")).AsSpan(0, 8));

    public override string ToString() => $"{ApiVersion} {Name}";
}

/// <summary>A path below an object; Group and Version are empty where the kind is of the resource's own version.</summary>
public sealed record Subresource(string Name, string Kind, IReadOnlyList<string> Verbs, string Group = "", string Version = "");
