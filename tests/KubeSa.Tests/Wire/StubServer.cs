using System.Net;
using System.Text;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.Config;
using KubeSa.Client.Http;

namespace KubeSa.Tests.Wire;

/// <summary>A server without a network, for answers by the thousand: below it all is as in a real call.</summary>
internal sealed class StubServer(Func<HttpRequestMessage, (int Status, string Body)> answer) : HttpMessageHandler
{
    internal static IKubeApi Connect(Func<HttpRequestMessage, (int Status, string Body)> answer)
    {
        var config = new ClusterConfig
        {
            Server = new Uri("http://127.0.0.1:1"),
            Info = new ConnectionInfo("http://127.0.0.1:1", ConnectionSource.Explicit, null, "default", null, null),
            Timeout = TimeSpan.FromMinutes(1),
        };
        return new KubeApi(config, () => Transport.Create(config, new StubServer(answer)));
    }

    internal static IKubeApi Connect(string body) => Connect(_ => (200, body));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (status, body) = answer(request);
        return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}
