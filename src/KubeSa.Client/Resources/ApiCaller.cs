using System.Text;
using k8s;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Errors;
using KubeSa.Client.Http;

namespace KubeSa.Client.Resources;

/// <summary>Reads an answer's body where it lies.</summary>
internal delegate T BodyReader<out T>(ReadOnlySpan<byte> body);

/// <summary>
/// The one way to the server, for typed calls through the client library and for those whose bytes we read ourselves: on the
/// thread pool, whatever thread asks; within the time allowed; and with all failures in our own words. The transport and the
/// library's client are made at the first call that needs them, which may never come.
/// </summary>
internal sealed class ApiCaller : IDisposable
{
    private readonly ErrorMapper _errors;
    private readonly ConnectionNotices _notices;
    private readonly Lazy<HttpMessageInvoker> _transport;
    private readonly Lazy<Kubernetes> _client;

    internal ApiCaller(ClusterConfig config, Func<HttpMessageInvoker> transport)
    {
        Config = config;
        Requests = new ApiRequests(config);
        _errors = new ErrorMapper(new ConnectionFacts
        {
            Server = config.Server,
            Info = config.Info,
            HasCredentials = config.HasCredentials,
            Timeout = config.Timeout,
            Proxy = () => ProxySelector.Of(config),
            CertificateDates = () => ClientCertificates.Untimely(config),
        });
        _notices = new ConnectionNotices(config);
        _transport = new Lazy<HttpMessageInvoker>(transport);
        _client = new Lazy<Kubernetes>(() => ClientFactory.Create(config, _transport.Value));
    }

    internal ClusterConfig Config { get; }

    /// <summary>Makes the requests of which we read the bytes.</summary>
    internal ApiRequests Requests { get; }

    /// <summary>The client library's client, to be used inside a call alone.</summary>
    internal Kubernetes Client => _client.Value;

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

        (Config.Credential as IDisposable)?.Dispose();
    }

    /// <summary>What a failure is in our own words, for those who handle failures of their own.</summary>
    internal KubeApiException Explain(Exception failure, ApiOperation operation) => _errors.From(failure, operation);

    /// <summary>A call through the client library.</summary>
    internal Task<T> SendAsync<T>(
        ApiOperation operation, CallContext call, Func<Kubernetes, CancellationToken, Task<T>> send, ImpersonationHeaders? impersonation = null) =>
        SendAsync(operation, call, stop => send(_client.Value, stop), impersonation);

    /// <summary>Any call.</summary>
    internal async Task<T> SendAsync<T>(
        ApiOperation operation, CallContext call, Func<CancellationToken, Task<T>> send, ImpersonationHeaders? impersonation = null)
    {
        _notices.Tell(call);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(call.Stop);
        limit.CancelAfter(Config.Timeout);
        try
        {
            if (!Thread.CurrentThread.IsThreadPoolThread)
            {
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }

            // Seen by what is called from here alone: an asynchronous method gives its caller's values back.
            CallScope.Current = new CallScope(call, DateTime.UtcNow + Config.Timeout, impersonation);
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

    /// <param name="operation">What it is about.</param>
    /// <param name="call">Whose call it is.</param>
    /// <param name="path">The path from the slash on, escaped.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="accept">The media types to ask for.</param>
    internal Task<T> GetAsync<T>(ApiOperation operation, CallContext call, string path, BodyReader<T> read, string accept = ApiRequests.Json) =>
        SendAsync(operation, call, stop => ExchangeAsync(Requests.Get(path, accept), read, stop));

    /// <param name="operation">What it is about.</param>
    /// <param name="call">Whose call it is.</param>
    /// <param name="path">The path from the slash on, escaped.</param>
    /// <param name="body">What to send.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="impersonation">Whom to act as; null to go by the connection.</param>
    /// <param name="refused">What a refusal means where it means something of its own; null where it does not.</param>
    internal Task<T> PostAsync<T>(
        ApiOperation operation,
        CallContext call,
        string path,
        byte[] body,
        BodyReader<T> read,
        ImpersonationHeaders? impersonation = null,
        Func<ApiStatus, KubeApiException?>? refused = null) =>
        SendAsync(operation, call, stop => ExchangeAsync(Requests.Post(path, body), read, stop, refused), impersonation);

    /// <summary>A merge patch (RFC 7386).</summary>
    internal Task<T> PatchAsync<T>(ApiOperation operation, CallContext call, string path, byte[] body, BodyReader<T> read) =>
        SendAsync(operation, call, stop => ExchangeAsync(Requests.MergePatch(path, body), read, stop));

    /// <summary>One request and its answer, inside a call.</summary>
    internal async Task<T> ExchangeAsync<T>(
        HttpRequestMessage request, BodyReader<T> read, CancellationToken stop, Func<ApiStatus, KubeApiException?>? refused = null)
    {
        try
        {
            using var response = await AnswerAsync(request, stop).ConfigureAwait(false);
            return read(((BufferedBody)response.Content).Bytes);
        }
        catch (ApiStatusException failure) when (refused?.Invoke(failure.Status) is { } own)
        {
            throw own;
        }
    }

    /// <summary>One request, inside a call; the answer, where it is no refusal, is read by whoever gets it.</summary>
    internal async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using (request)
        {
            var response = await _transport.Value.SendAsync(request, stop).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                var body = Encoding.UTF8.GetString(((BufferedBody)response.Content).Bytes);
                throw new ApiStatusException(ApiStatus.From(response.StatusCode, body, RetryAfter.Of(response.Headers.RetryAfter)));
            }
        }
    }
}
