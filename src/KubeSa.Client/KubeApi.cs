using k8s;
using KubeSa.Api;
using KubeSa.Client.Http;

namespace KubeSa.Client;

/// <summary>An open connection. The client is made at the first call, which may never come.</summary>
internal sealed partial class KubeApi : IKubeApi
{
    private readonly Access _access;
    private readonly Failures _failures;
    private readonly Lazy<Kubernetes> _client;
    private int _warned;

    internal KubeApi(Access access)
    {
        _access = access;
        _failures = new Failures(access);
        _client = new Lazy<Kubernetes>(() => ClientFactory.Create(access));
    }

    public ConnectionInfo Info => _access.Info;

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }

        (_access.Credential as IDisposable)?.Dispose();
    }

    /// <summary>
    /// The one way to the server: on the thread pool, whatever thread asks; within the time allowed; and with all
    /// failures in our own words.
    /// </summary>
    private async Task<T> SendAsync<T>(
        Ask ask, CallContext call, Func<Kubernetes, CancellationToken, Task<T>> send, ImpersonationHeaders? impersonation = null)
    {
        WarnOfUnverifiedServer(call);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(call.Stop);
        limit.CancelAfter(_access.Timeout);
        try
        {
            return await Task.Run(
                () =>
                {
                    CallScope.Current = new CallScope(call, DateTime.UtcNow + _access.Timeout, impersonation);
                    return send(_client.Value, limit.Token);
                },
                limit.Token).ConfigureAwait(false);
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

    /// <summary>Once per connection, and not to those who asked for it just now by a parameter.</summary>
    private void WarnOfUnverifiedServer(CallContext call)
    {
        if (_access is { SkipCertificateCheck: true, Info.Source: ConnectionSource.KubeConfig } && Interlocked.Exchange(ref _warned, 1) == 0)
        {
            call.Notify(new WarningNotice(
                $"The kubeconfig says not to verify {_access.Server} (insecure-skip-tls-verify): whoever is in between can read the credentials."));
        }
    }
}
