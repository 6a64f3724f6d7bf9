using System.Net;
using System.Net.Security;
using k8s;
using KubeSa.Client.Config;
using KubeSa.Client.Config.KubeConfig;
using KubeSa.Client.Http;

namespace KubeSa.Client.Resources;

/// <summary>
/// Makes the client library's client. Of its configuration only the address is used: certificates, credentials,
/// proxies and retries are our transport's business, each for a reason that its class gives.
/// </summary>
internal static class ClientFactory
{
    /// <summary>How long a connection may last whose client certificate is one that is renewed.</summary>
    internal static readonly TimeSpan LongestWithRenewedCertificates = TimeSpan.FromMinutes(1);

    internal static Kubernetes Create(ClusterConfig config, HttpMessageInvoker transport)
    {
        KubernetesJsonRules.Add();
        var configuration = new KubernetesClientConfiguration { Host = config.Server.AbsoluteUri, UserAgent = ApiRequests.UserAgent };
        var client = new Kubernetes(configuration, new SharedTransport(transport));
        client.HttpClient.DefaultRequestHeaders.Host = config.TlsServerName;

        // Calls have a deadline of their own, which tells a timeout from a stop.
        client.HttpClientTimeout = Timeout.InfiniteTimeSpan;
        return client;
    }

    internal static void SetUp(SocketsHttpHandler handler, ClusterConfig config)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.AutomaticDecompression = config.DisableCompression ? DecompressionMethods.None : DecompressionMethods.GZip;
        ProxySelector.SetUp(handler, config);
        LoopbackOnly.SetUp(handler, config);
        MultiValueHeaderFilter.SetUp(handler);
        new ServerCertificateValidator(config).SetUp(handler.SslOptions);
        if (config.ClientCertificate is { Count: > 0 } certificates)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(
                certificates[0], [.. certificates.Skip(1)], offline: true);
        }
        else if (config.Credential is ExecPlugin plugin)
        {
            // A certificate that is renewed counts for new connections alone, so none may grow old.
            handler.PooledConnectionLifetime = LongestWithRenewedCertificates;
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => ((ICredential)plugin).Certificate!;
        }
    }
}
