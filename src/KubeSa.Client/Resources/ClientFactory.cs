using k8s;
using KubeSa.Client.Config;
using KubeSa.Client.Http;

namespace KubeSa.Client.Resources;

/// <summary>
/// Makes the client library's client. Of its configuration only the address is used: certificates, credentials,
/// proxies and retries are our transport's business, each for a reason that its class gives.
/// </summary>
internal static class ClientFactory
{
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
}
