using k8s;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Errors;
using KubeSa.Client.Http;
using KubeSa.Client.Resources;
using KubeSa.Client.Resources.Discovery;

namespace KubeSa.Client;

/// <summary>
/// An open connection. The transport and the client library's client are made at the first call that needs them, which
/// may never come.
/// </summary>
internal sealed partial class KubeApi : IKubeApi
{
    private readonly ClusterConfig _config;
    private readonly ErrorMapper _errors;
    private readonly ApiRequests _requests;
    private readonly Lazy<HttpMessageInvoker> _transport;
    private readonly Lazy<Kubernetes> _client;
    private readonly ConnectionNotices _notices;

    internal KubeApi(ClusterConfig config, Action<SocketsHttpHandler>? change = null)
        : this(config, () => Transport.Create(config, change))
    {
    }

    internal KubeApi(ClusterConfig config, Func<HttpMessageInvoker> transport)
    {
        _config = config;
        Info = config.Info with { Timeout = config.Timeout };
        _errors = new ErrorMapper(new ConnectionFacts
        {
            Server = config.Server,
            Info = config.Info,
            HasCredentials = config.HasCredentials,
            Timeout = config.Timeout,
            Proxy = () => ProxySelector.Of(config),
            CertificateDates = () => ClientCertificates.Untimely(config),
        });
        _requests = new ApiRequests(config);
        _notices = new ConnectionNotices(config);
        _transport = new Lazy<HttpMessageInvoker>(transport);
        _resources = new ResourceResolver(call => DiscoveryReader.ReadAsync((path, accept) => GetDiscoveryAsync(path, accept, call)));
        _client = new Lazy<Kubernetes>(() => ClientFactory.Create(config, _transport.Value));
    }

    public ConnectionInfo Info { get; }

    /// <summary>Makes the transport, which reads certificates and takes most of the time before the first request.</summary>
    internal void Prepare() => _ = _transport.Value;

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }

        if (_transport.IsValueCreated)
        {
            _transport.Value.Dispose();
        }

        (_config.Credential as IDisposable)?.Dispose();
    }

    private Task<T> SendAsync<T>(
        ApiOperation operation, CallContext call, Func<Kubernetes, CancellationToken, Task<T>> send, ImpersonationHeaders? impersonation = null) =>
        SendAsync(operation, call, stop => send(_client.Value, stop), impersonation);

    /// <summary>
    /// The one way to the server: on the thread pool, whatever thread asks; within the time allowed; and with all
    /// failures in our own words.
    /// </summary>
    private async Task<T> SendAsync<T>(
        ApiOperation operation, CallContext call, Func<CancellationToken, Task<T>> send, ImpersonationHeaders? impersonation = null)
    {
        _notices.Tell(call);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(call.Stop);
        limit.CancelAfter(_config.Timeout);
        try
        {
            if (!Thread.CurrentThread.IsThreadPoolThread)
            {
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }

            // Seen by what is called from here alone: an asynchronous method gives its caller's values back.
            CallScope.Current = new CallScope(call, DateTime.UtcNow + _config.Timeout, impersonation);
            return await send(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (call.Stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(call.Stop);
        }
        catch (Exception failure)
        {
            throw _errors.From(failure, operation);
        }
    }
}
