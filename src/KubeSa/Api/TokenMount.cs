namespace KubeSa.Api;

/// <summary>A place where containers find a token.</summary>
/// <param name="Volume">The volume.</param>
/// <param name="Path">The file.</param>
/// <param name="Audience">Whom the token is for; null for the API server.</param>
/// <param name="ExpirationSeconds">How long each token is good; null for one that never expires.</param>
/// <param name="Kind">How it comes there.</param>
public sealed record TokenMount(string Volume, string Path, string? Audience, long? ExpirationSeconds, TokenMountKind Kind)
{
    /// <summary>The folder in which programs look for the token by themselves.</summary>
    public const string UsualFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Whether the token is where the server mounts it by itself.</summary>
    public bool IsUsual => Path == $"{UsualFolder}/token";
}
