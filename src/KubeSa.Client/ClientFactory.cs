using System.Net;
using System.Net.Security;
using k8s;
using KubeSa.Client.Http;
using KubeSa.Client.KubeConfig;

namespace KubeSa.Client;

/// <summary>
/// Makes the client library's client. Of its configuration only the address is used: certificates, credentials,
/// proxies and retries are our transport's business, each for a reason that its class gives.
/// </summary>
internal static class ClientFactory
{
    /// <summary>How long a connection may last whose client certificate is one that is renewed.</summary>
    internal static readonly TimeSpan LongestWithRenewedCertificates = TimeSpan.FromMinutes(1);

    internal static Kubernetes Create(Access access, HttpMessageInvoker transport)
    {
        AnswerRules.Add();
        var configuration = new KubernetesClientConfiguration { Host = access.Server.AbsoluteUri, UserAgent = ApiRequests.UserAgent };
        var client = new Kubernetes(configuration, new SharedTransport(transport));
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
        LoopbackOnly.SetUp(handler, access);
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
