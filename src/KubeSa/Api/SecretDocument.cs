namespace KubeSa.Api;

/// <summary>
/// A Secret as it stands in text or on the server, not decoded yet. A class and no record: a record's ToString would
/// print the data.
/// </summary>
public sealed class SecretDocument
{
    /// <summary>The type of the Secrets that hold a service-account token.</summary>
    public const string TokenType = "kubernetes.io/service-account-token";

    /// <summary>The type of the Secrets that hold nothing: requested tokens are bound to one, and end when it is deleted.</summary>
    public const string BindingType = "kubesa/token-binding";

    /// <summary>The annotation that names the account of such a Secret.</summary>
    public const string AccountAnnotation = "kubernetes.io/service-account.name";

    /// <summary>The kind the document says it is; null where it says none.</summary>
    public string? Kind { get; init; }

    /// <summary>The type of the Secret; null where the document says none.</summary>
    public string? Type { get; init; }

    /// <summary>The namespace; null where the document says none.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name; null where the document says none.</summary>
    public string? Name { get; init; }

    /// <summary>The unique id.</summary>
    public string? Uid { get; init; }

    /// <summary>When it was made; null where the document does not say.</summary>
    public DateTime? CreationTimestamp { get; init; }

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>The data, each value in base64 (RFC 4648).</summary>
    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>();

    /// <summary>The data in plain text, which wins over <see cref="Data"/> as on the server.</summary>
    public IReadOnlyDictionary<string, string> StringData { get; init; } = new Dictionary<string, string>();

    /// <summary>Why the object that stands here cannot be read, as whoever decodes it is told; null where it can.</summary>
    public KubeApiException? Problem { get; init; }

    /// <summary>Whether it stood in a List, among others that nobody named.</summary>
    public bool IsInList { get; set; }

    /// <summary>What it is where it is none of the Secrets that hold a token, by type or kind: <c>Opaque</c>, <c>ConfigMap</c>; else null.</summary>
    public string? OtherType => (Problem, Kind, Type) switch
    {
        (not null, _, _) or (null, null, null) or (null, null or "Secret", TokenType) => null,
        (_, null or "Secret", _) => Type ?? "Opaque",
        _ => Kind,
    };

    /// <summary>The Secret as <c>namespace/name</c>.</summary>
    public override string ToString() => Namespace is null ? Name ?? "(unnamed)" : $"{Namespace}/{Name}";
}
