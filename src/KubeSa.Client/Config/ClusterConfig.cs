using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;

namespace KubeSa.Client.Config;

/// <summary>
/// A way to a server, complete: what a kubeconfig's context, a pod's mount or explicit parameters come down to. A
/// class and no record: a record's ToString would print what is in it.
/// </summary>
internal sealed class ClusterConfig
{
    internal required Uri Server { get; init; }

    /// <summary>What may be told of the connection.</summary>
    internal required ConnectionInfo Info { get; init; }

    /// <summary>The authorities that may sign the server's certificate; null for the system's.</summary>
    internal CaBundle? CaBundle { get; init; }

    /// <summary>The name that the server's certificate must bear, where it is not the URL's host.</summary>
    internal string? TlsServerName { get; init; }

    internal bool SkipCertificateCheck { get; init; }

    /// <summary>The client certificate, and after it those between it and the authority.</summary>
    internal X509Certificate2Collection? ClientCertificate { get; init; }

    /// <summary>What goes into the Authorization header; null for nothing.</summary>
    internal ICredential? Credential { get; init; }

    internal ImpersonationHeaders? Impersonation { get; init; }

    /// <summary>The proxy to go through; null to go by the environment.</summary>
    internal Uri? Proxy { get; init; }

    /// <summary>Whether to ask for answers as they are; compressed ones cost the server time, and save it on slow lines.</summary>
    internal bool DisableCompression { get; init; }

    /// <summary>How long a single call may take, all its retries included.</summary>
    internal required TimeSpan Timeout { get; init; }

    /// <summary>Whether anything of this proves who we are.</summary>
    internal bool HasCredentials => Credential is not null || ClientCertificate is not null;
}
