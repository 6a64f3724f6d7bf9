using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;

namespace KubeSa.Client.Http;

/// <summary>
/// Judges the certificates of servers: signed by one of our authorities, for the host we asked for, valid now. The
/// client library's own check looks at the signatures alone.
/// </summary>
internal sealed class ServerCertificates(Access access)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private string Host => access.TlsServerName ?? access.Server.IdnHost;

    [SuppressMessage("Security", "CA5359", Justification = "The user asked for it, with -SkipCertificateCheck or in the kubeconfig.")]
    internal void SetUp(SslClientAuthenticationOptions options)
    {
        options.CertificateChainPolicy = access.Authorities?.CreatePolicy();
        options.RemoteCertificateValidationCallback = access.SkipCertificateCheck
            ? AcceptAny
            : (_, certificate, chain, errors) => JudgeByNewest(certificate as X509Certificate2, chain, errors);
    }

    private static bool AcceptAny(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;

    private bool JudgeByNewest(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || chain is null)
        {
            throw new ServerCertificateException(
                FailureKind.TlsUntrusted, $"{access.Server} shows no certificate, so it cannot be told who it is.");
        }

        if (access.Authorities?.AreOthersThanAtFirst() != true)
        {
            return Judge(certificate, chain, errors);
        }

        using var fresh = new X509Chain { ChainPolicy = access.Authorities.CreatePolicy() };
        fresh.ChainPolicy.ExtraStore.AddRange(chain.ChainElements.Select(element => element.Certificate).ToArray());
        fresh.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        var others = errors & ~SslPolicyErrors.RemoteCertificateChainErrors;
        return Judge(certificate, fresh, fresh.Build(certificate) ? others : others | SslPolicyErrors.RemoteCertificateChainErrors);
    }

    private bool Judge(X509Certificate2 certificate, X509Chain chain, SslPolicyErrors errors)
    {
        var flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        if (flags == X509ChainStatusFlags.PartialChain && access.Authorities?.Contains(chain.ChainElements[^1].Certificate) == true)
        {
            // As with kubectl, whatever is given as an authority is one, and need not be a root: everything up to it
            // was verified, and the framework misses nothing but what vouches for it.
            errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
        }

        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        // The order matters: an unknown signer makes whatever else the certificate says worthless.
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && flags != X509ChainStatusFlags.NotTimeValid)
        {
            throw new ServerCertificateException(FailureKind.TlsUntrusted, Untrusted(certificate, flags));
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            throw new ServerCertificateException(FailureKind.TlsExpired, Expired(certificate, chain));
        }

        throw new ServerCertificateException(
            FailureKind.TlsNameMismatch,
            $"The certificate of {access.Server} is not for '{Host}' but for {Names(certificate)}. Use one of these names in the URL, or give the right one with -TlsServerName or the kubeconfig's tls-server-name, if you are sure to have the right server.");
    }

    private string Untrusted(X509Certificate2 certificate, X509ChainStatusFlags flags)
    {
        var by = access.Info.CertificateAuthority is null or "system" ? "the authorities of this system" : $"the authority of '{access.Info.CertificateAuthority}'";
        return $"The certificate of {access.Server}, issued by '{certificate.Issuer}', is not signed by {by} ({flags}). Give the cluster's own authority (-CertificateAuthority, or certificate-authority in the kubeconfig); if that is what you did, this may be another cluster, or somebody in between.";
    }

    private string Expired(X509Certificate2 certificate, X509Chain chain)
    {
        var now = DateTime.Now;
        var stale = chain.ChainElements.Select(e => e.Certificate).FirstOrDefault(c => now < c.NotBefore || now > c.NotAfter) ?? certificate;
        var subject = stale.Thumbprint == certificate.Thumbprint ? $"The certificate of {access.Server}" : $"'{stale.Subject}', which vouches for the certificate of {access.Server},";
        return now < stale.NotBefore
            ? string.Create(CultureInfo.InvariantCulture, $"{subject} is not valid before {stale.NotBefore:yyyy-MM-dd HH:mm}. See whether this machine's clock is right.")
            : string.Create(CultureInfo.InvariantCulture, $"{subject} expired on {stale.NotAfter:yyyy-MM-dd HH:mm}. The cluster's certificates must be renewed (kubeadm certs renew, for example); see also whether this machine's clock is right.");
    }

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(ip => ip.ToString())))
            .ToList();
        return names.Count > 0 ? string.Join(", ", names) : certificate.Subject;
    }
}
