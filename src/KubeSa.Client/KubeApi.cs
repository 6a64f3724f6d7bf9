using k8s;
using KubeSa.Api;
using KubeSa.Client.Discovery;
using KubeSa.Client.Http;

namespace KubeSa.Client;

/// <summary>
/// An open connection. The transport and the client library's client are made at the first call that needs them, which
/// may never come.
/// </summary>
internal sealed partial class KubeApi : IKubeApi
{
    private readonly Access _access;
    private readonly Failures _failures;
    private readonly ApiRequests _requests;
    private readonly Lazy<HttpMessageInvoker> _transport;
    private readonly Lazy<Kubernetes> _client;
    private readonly ConnectionNotices _notices;

    internal KubeApi(Access access, Action<SocketsHttpHandler>? change = null)
        : this(access, () => Transport.Create(access, change))
    {
    }

    internal KubeApi(Access access, Func<HttpMessageInvoker> transport)
    {
        _access = access;
        _failures = new Failures(access);
        _requests = new ApiRequests(access);
        _notices = new ConnectionNotices(access);
        _transport = new Lazy<HttpMessageInvoker>(transport);
        _resources = new ResourceResolver(call => DiscoveryReader.ReadAsync((path, accept) => GetDiscoveryAsync(path, accept, call)));
        _client = new Lazy<Kubernetes>(() => ClientFactory.Create(access, _transport.Value));
    }

    public ConnectionInfo Info => _access.Info;

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

        (_access.Credential as IDisposable)?.Dispose();
    }

    private Task<T> SendAsync<T>(
        Ask ask, CallContext call, Func<Kubernetes, CancellationToken, Task<T>> send, ImpersonationHeaders? impersonation = null) =>
        SendAsync(ask, call, stop => send(_client.Value, stop), impersonation);

    /// <summary>
    /// The one way to the server: on the thread pool, whatever thread asks; within the time allowed; and with all
    /// failures in our own words.
    /// </summary>
    private async Task<T> SendAsync<T>(
        Ask ask, CallContext call, Func<CancellationToken, Task<T>> send, ImpersonationHeaders? impersonation = null)
    {
        _notices.Tell(call);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(call.Stop);
        limit.CancelAfter(_access.Timeout);
        try
        {
            if (!Thread.CurrentThread.IsThreadPoolThread)
            {
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }

            // Seen by what is called from here alone: an asynchronous method gives its caller's values back.
            CallScope.Current = new CallScope(call, DateTime.UtcNow + _access.Timeout, impersonation);
            return await send(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (call.Stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(call.Stop);
        }
        catch (Exception failure)
        {
            throw _failures.From(failure, ask);
        }
    }
}
