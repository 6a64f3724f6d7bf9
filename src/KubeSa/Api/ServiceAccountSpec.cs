namespace KubeSa.Api;

/// <summary>What a new account is to be.</summary>
public sealed record ServiceAccountSpec(string Namespace, string Name)
{
    /// <summary>Its labels; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Its annotations; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>The Secrets for image registries its pods inherit; null for none.</summary>
    public IReadOnlyList<string>? ImagePullSecrets { get; init; }

    /// <summary>Whether its pods get a token mounted; null to leave it unsaid.</summary>
    public bool? AutomountToken { get; init; }
}
