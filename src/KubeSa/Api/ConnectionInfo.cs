namespace KubeSa.Api;

/// <summary>What may be told of an open connection.</summary>
/// <param name="Server">The URL of the API server.</param>
/// <param name="Source">Where server and credentials came from.</param>
/// <param name="Context">The context of the kubeconfig; null for other sources.</param>
/// <param name="Namespace">The namespace used where none is given.</param>
/// <param name="UserHint">As whom, as far as it can be told without asking the server: a user entry, an account.</param>
/// <param name="CertificateAuthority">The file the authorities came from, "kubeconfig data" or "system".</param>
public sealed record ConnectionInfo(
    string Server,
    ConnectionSource Source,
    string? Context,
    string Namespace,
    string? UserHint,
    string? CertificateAuthority)
{
    /// <summary>The kubeconfig files, in the form of $KUBECONFIG; null for other sources.</summary>
    public string? KubeConfig { get; init; }

    /// <summary>How long a single call may take, all its retries included.</summary>
    public TimeSpan Timeout { get; init; } = new ConnectionOptions().Timeout;

    /// <summary>Whom the connection was told to impersonate; null for nobody, or where the kubeconfig itself says so.</summary>
    public string? ImpersonatedUser { get; init; }
}
