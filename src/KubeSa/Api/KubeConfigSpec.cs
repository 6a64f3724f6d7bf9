using System.Security;

namespace KubeSa.Api;

/// <summary>What a kubeconfig is to hold: a token, or the command that gets one.</summary>
/// <param name="Namespace">The namespace of the account, and of the context.</param>
/// <param name="ServiceAccount">The name of the account.</param>
public sealed record KubeConfigSpec(string Namespace, string ServiceAccount)
{
    /// <summary>The token; null where a command gets it.</summary>
    public SecureString? Token { get; init; }

    /// <summary>
    /// The file in which the token is renewed, for programs that read it again while they run; null where the token stays as it
    /// is. It wins over <see cref="Token"/> as long as it holds something.
    /// </summary>
    public string? TokenFile { get; init; }

    /// <summary>
    /// Whether the file is to hold the connection's own credentials and to impersonate the account, instead of a token of the
    /// account. InvalidRequest where the connection impersonates somebody already.
    /// </summary>
    public bool Impersonate { get; init; }

    /// <summary>Whether the proxy's user and password are to be in it, where the connection has them.</summary>
    public bool IncludeProxyCredential { get; init; }

    /// <summary>The command that gets the token; null where it is given.</summary>
    public CredentialCommand? Command { get; init; }
}
