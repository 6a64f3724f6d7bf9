using System.Security.Cryptography.X509Certificates;
using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>Who a pod is, by its mount and its environment alone; the API server is not asked.</summary>
public sealed class PodIdentity
{
    /// <summary>The namespace, from the mount's file or else the token's claims.</summary>
    public string? Namespace { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The account, from the token's claims.</summary>
    public string? ServiceAccount { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The user the API server would take the pod for.</summary>
    public string? UserName { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The pod, from the token's claims or else the host name.</summary>
    public string? PodName { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The URL of the API server, from KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT; null where they are not set.</summary>
    public string? ApiServer { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The folder the identity was read from.</summary>
    public required string MountPath { get; init; }

    /// <summary>What the mounted token says of itself.</summary>
    public TokenInfo? TokenInfo { get; init; }

    /// <summary>
    /// The certificates of the mounted <c>ca.crt</c>. In PowerShell they are X509Certificate2,
    /// in JSON and C# their facts, for a certificate has handles and bytes besides.
    /// </summary>
    public CertificateSummary[] CaCertificates => [.. Authorities.Select(certificate => new CertificateSummary(certificate))];

    internal X509Certificate2[] Authorities { get; init; } = [];

    /// <summary>The cloud identities found beside it.</summary>
    public CloudIdentity[] CloudIdentities { get; init; } = [];

    /// <summary>The user the pod is.</summary>
    public override string ToString() => UserName ?? MountPath;
}
