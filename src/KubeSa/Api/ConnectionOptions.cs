using System.Security;

namespace KubeSa.Api;

/// <summary>How to find a server and the credentials for it. Holds no plain secret, so it may be compared and logged.</summary>
public sealed record ConnectionOptions
{
    private const char GroupSeparator = '\n';

    /// <summary>Where to look; null to take the kubeconfig where there is one and else the pod's mount.</summary>
    public ConnectionSource? Source { get; init; }

    /// <summary>The kubeconfig file; null for $KUBECONFIG or else ~/.kube/config.</summary>
    public string? KubeConfig { get; init; }

    /// <summary>The context of the kubeconfig; null for its current one.</summary>
    public string? Context { get; init; }

    /// <summary>Where the user stands, which relative paths of $KUBECONFIG start from; null for the folder of the process.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The folder of the pod's service account; null for the usual one.</summary>
    public string? MountPath { get; init; }

    /// <summary>The URL of the API server, where it is given.</summary>
    public string? Server { get; init; }

    /// <summary>A bearer token.</summary>
    public SecureString? Token { get; init; }

    /// <summary>A file with a bearer token, read again when it changes.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A PEM file with the client certificate.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>A PEM file with the key of the client certificate.</summary>
    public string? ClientKey { get; init; }

    /// <summary>A PEM file with the certificate authorities that may sign the server's certificate; null for the system's.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>Whether to accept any server certificate.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>The name that the server's certificate must bear, where it is not the URL's host.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>The proxy to go through.</summary>
    public string? ProxyUrl { get; init; }

    /// <summary>The namespace to use where none is given; null for the one of the kubeconfig or the pod.</summary>
    public string? Namespace { get; init; }

    /// <summary>The user to impersonate.</summary>
    public string? As { get; init; }

    /// <summary>The groups to impersonate as JoinGroups makes one text of them, so that records compare by value.</summary>
    public string? AsGroups { get; init; }

    /// <summary>The groups to impersonate, apart again.</summary>
    public IReadOnlyList<string> Groups => AsGroups?.Split(GroupSeparator) ?? [];

    /// <summary>How long a single call may take, all its retries included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>One text of several groups. A group with a line break in it would be two: InvalidRequest, as for all that no header can hold.</summary>
    public static string? JoinGroups(IEnumerable<string>? groups) =>
        groups is null ? null : string.Join(GroupSeparator, groups.Select(group => HeaderText.Require(group, "A group to impersonate")));
}
