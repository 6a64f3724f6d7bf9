using System.Net;
using System.Net.Security;
using k8s;
using KubeSa.Client.Http;
using KubeSa.Client.KubeConfig;

namespace KubeSa.Client;

/// <summary>
/// Makes the client library's client. Of its configuration only the address is used: certificates, credentials,
/// proxies and retries are our handlers' business, each for a reason that its class gives.
/// </summary>
internal static class ClientFactory
{
    private static readonly string UserAgent =
        $"KubeSa/{typeof(ClientFactory).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>How long a connection may last whose client certificate is one that is renewed.</summary>
    internal static readonly TimeSpan LongestWithRenewedCertificates = TimeSpan.FromMinutes(1);

    internal static Kubernetes Create(Access access)
    {
        var configuration = new KubernetesClientConfiguration
        {
            Host = access.Server.AbsoluteUri,
            UserAgent = UserAgent,
            FirstMessageHandlerSetup = handler => SetUp(handler, access),
        };
        var client = new Kubernetes(
            configuration, new RetryHandler(access.Authorities), new CredentialHandler(access), new WarningHandler(), new BodyHandler());

        // The framework takes the name for the handshake and the certificate from the Host header.
        client.HttpClient.DefaultRequestHeaders.Host = access.TlsServerName;

        // Calls have a deadline of their own, which tells a timeout from a stop.
        client.HttpClientTimeout = Timeout.InfiniteTimeSpan;
        return client;
    }

    internal static void SetUp(SocketsHttpHandler handler, Access access)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.AutomaticDecompression = access.DisableCompression ? DecompressionMethods.None : DecompressionMethods.GZip;
        Proxies.SetUp(handler, access);
        RepeatedHeaders.SetUp(handler);
        new ServerCertificates(access).SetUp(handler.SslOptions);
        if (access.ClientCertificate is { Count: > 0 } certificates)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(
                certificates[0], [.. certificates.Skip(1)], offline: true);
        }
        else if (access.Credential is ExecPlugin plugin)
        {
            // A certificate that is renewed counts for new connections alone, so none may grow old.
            handler.PooledConnectionLifetime = LongestWithRenewedCertificates;
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => ((ICredential)plugin).Certificate!;
        }
    }
}
