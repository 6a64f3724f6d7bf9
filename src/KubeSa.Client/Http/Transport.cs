using KubeSa.Client.Config;

namespace KubeSa.Client.Http;

/// <summary>
/// The way to a server that all requests go, ours and the client library's: through the same handlers and over the same
/// connections, so that neither retries, judges certificates or proves itself differently.
/// </summary>
internal static class Transport
{
    internal static HttpMessageInvoker Create(ClusterConfig config, Action<SocketsHttpHandler>? change = null)
    {
        var sockets = new SocketsHttpHandler();
        TransportSettings.SetUp(sockets, config);
        change?.Invoke(sockets);
        return Create(config, sockets);
    }

    /// <summary>The same over another way to the server than our own.</summary>
    internal static HttpMessageInvoker Create(ClusterConfig config, HttpMessageHandler innermost) =>
        new(Chain(innermost, new BodyHandler(), new RequestNotices(config), new WarningHandler(), new CredentialHandler(config), new RetryHandler(config.CaBundle)));

    private static HttpMessageHandler Chain(HttpMessageHandler innermost, params ReadOnlySpan<DelegatingHandler> outwards)
    {
        var chain = innermost;
        foreach (var handler in outwards)
        {
            handler.InnerHandler = chain;
            chain = handler;
        }

        return chain;
    }
}
