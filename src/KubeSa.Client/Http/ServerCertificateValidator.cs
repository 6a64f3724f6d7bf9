using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Errors;

namespace KubeSa.Client.Http;

/// <summary>
/// Refuses servers by their certificates: signed by one of our CA certificates, for the host we asked for, valid now. The
/// client library's own check looks at the signatures alone.
/// </summary>
internal sealed class ServerCertificateValidator(ClusterConfig config)
{
    private string Host => config.TlsServerName ?? config.Server.IdnHost;

    [SuppressMessage("Security", "CA5359", Justification = "The user asked for it, with -SkipCertificateCheck or in the kubeconfig.")]
    internal void SetUp(SslClientAuthenticationOptions options)
    {
        options.CertificateChainPolicy = config.SkipCertificateCheck ? TrustPolicies.Of([]) : config.CaBundle is { } bundle ? TrustPolicies.Of(bundle.Current()) : TrustPolicies.OfSystem();
        options.RemoteCertificateValidationCallback = config.SkipCertificateCheck
            ? AcceptAny
            : (_, certificate, chain, _) => Judge(certificate as X509Certificate2, chain);
    }

    private static bool AcceptAny(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;

    private bool Judge(X509Certificate2? certificate, X509Chain? chain)
    {
        if (certificate is null || chain is null)
        {
            throw new ServerCertificateException(
                FailureKind.TlsUntrusted, $"{config.Server} shows no certificate, so it cannot be told who it is.");
        }

        var verdict = CertificateVerdict.Judge(certificate, chain, config.CaBundle?.Newest(), Host);
        return verdict.IsAccepted ? true : throw new CertificateRefusal(config, Host).Of(certificate, verdict);
    }
}
