using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>
/// Tokens or client certificates from a kubeconfig's credential plugin. It is run at the first request and not before,
/// and again when what it gave has expired or is refused.
/// </summary>
internal sealed class ExecPlugin(ExecSettings settings) : ICredential, IDisposable
{
    /// <summary>How long a connection may last whose client certificate is one that is renewed.</summary>
    internal static readonly TimeSpan LongestWithRenewedCertificates = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    // A connection that was made with a certificate must not outlive it.
    private static readonly TimeSpan CertificateMargin = LongestWithRenewedCertificates + Margin;

    private readonly SemaphoreSlim _one = new(1);
    private volatile ExecCredential? _current;

    /// <summary>How the plugin is run, for a kubeconfig that is to run it, too.</summary>
    internal ExecSettings Settings => settings;

    public X509Certificate2? Certificate => _current?.Certificate;

    public async ValueTask<AuthenticationHeaderValue?> GetHeaderAsync(CallContext call, CancellationToken stop)
    {
        await _one.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_current is null || _current.ExpiresAt - MarginOf(_current) < DateTimeOffset.UtcNow)
            {
                _current = await RunAsync(call, stop).ConfigureAwait(false);
            }

            return _current.Header;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask<bool> RenewAsync(AuthenticationHeaderValue? refused, CallContext call, CancellationToken stop)
    {
        await _one.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var before = _current;
            if (before?.Header?.Parameter != refused?.Parameter)
            {
                // Another call has renewed it meanwhile.
                return true;
            }

            _current = await RunAsync(call, stop).ConfigureAwait(false);
            return _current.Header?.Parameter != refused?.Parameter || _current.Certificate?.Thumbprint != before?.Certificate?.Thumbprint;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static TimeSpan MarginOf(ExecCredential credential) => credential.Certificate is null ? Margin : CertificateMargin;

    private async Task<ExecCredential> RunAsync(CallContext call, CancellationToken stop)
    {
        call.Notify(new VerboseNotice($"Running the credential plugin '{settings.Command}' of the user '{settings.UserName}'."));
        try
        {
            return ExecCredential.Parse(await ExecProcess.RunAsync(settings, call, stop).ConfigureAwait(false), settings);
        }
        catch (OperationCanceledException) when (!call.Stop.IsCancellationRequested)
        {
            throw new KubeApiException(
                FailureKind.ExecPluginFailed,
                $"The credential plugin '{settings.Command}' of the user '{settings.UserName}' did not end in time and was killed. It may be waiting for somebody to log in: run it by hand, or allow more time with Connect-KubeCluster -TimeoutSeconds.",
                settings.File);
        }
    }
}
