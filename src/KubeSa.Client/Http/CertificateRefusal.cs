using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Errors;
using KubeSa.Secrecy;

namespace KubeSa.Client.Http;

/// <summary>Says why a server's certificate is refused and what to do about it.</summary>
internal sealed class CertificateRefusal(ClusterConfig config, string host)
{
    /// <summary>The order matters: an unknown signer makes whatever else the certificate says worthless.</summary>
    internal ServerCertificateException Of(X509Certificate2 certificate, CertificateVerdict verdict) => verdict switch
    {
        { IsTrusted: false } => new(FailureKind.TlsUntrusted, Untrusted(certificate, verdict.Problems)),
        { Untimed: { } untimed } => new(FailureKind.TlsExpired, Untimed(certificate, untimed)),
        _ => new(FailureKind.TlsNameMismatch, OtherName(certificate)),
    };

    private string Untrusted(X509Certificate2 certificate, X509ChainStatusFlags problems)
    {
        var by = config.Info.CertificateAuthority is null or "system"
            ? "the CA certificates of this system"
            : $"the CA certificates in '{config.Info.CertificateAuthority}'";
        return $"The certificate of {config.Server}, issued by '{SafeExcerpt.Of(certificate.Issuer)}', is not signed by {by} ({problems}). Give the cluster's own CA certificate (-CertificateAuthority, or certificate-authority in the kubeconfig); if that is what you did, this may be another cluster, or somebody in between.";
    }

    private string Untimed(X509Certificate2 certificate, X509Certificate2 untimed)
    {
        var subject = CertificatePaths.AreSame(untimed, certificate)
            ? $"The certificate of {config.Server}"
            : $"'{SafeExcerpt.Of(untimed.Subject)}', which vouches for the certificate of {config.Server},";
        return DateTime.Now < untimed.NotBefore
            ? string.Create(CultureInfo.InvariantCulture, $"{subject} is not valid before {UtcTime.Of(untimed.NotBefore)}. See whether this machine's clock is right.")
            : string.Create(CultureInfo.InvariantCulture, $"{subject} expired on {UtcTime.Of(untimed.NotAfter)}. The cluster's certificates must be renewed (kubeadm certs renew, for example); see also whether this machine's clock is right.");
    }

    private string OtherName(X509Certificate2 certificate)
    {
        var names = CertificateNames.Of(certificate);
        return names.Count == 0
            ? $"The certificate of {config.Server} has no subject alternative name (SAN), so it is for no host: the common name in '{SafeExcerpt.Of(certificate.Subject)}' does not count, for kubectl neither. The server needs a certificate with '{host}' among its subject alternative names (kubeadm: apiServer.certSANs)."
            : $"The certificate of {config.Server} is not for '{host}' but for {SafeExcerpt.Of(string.Join(", ", names))}. Use one of these names in the URL, or give the right one with -TlsServerName or the kubeconfig's tls-server-name, if you are sure to have the right server.";
    }
}
