using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeSa.Contract.Replay;
using KubeSa.Sandbox.Faults;

namespace KubeSa.Contract.Soak;

/// <summary>
/// Lets happen to a sandbox, which is a process of its own, what happens to clusters: it goes away and comes back on the
/// same port with all it knew, gets another authority, and accepts a token no longer.
/// </summary>
internal sealed class ShakyCluster : IDisposable
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http;
    private Fault? _authority;
    private Fault? _token;

    [SuppressMessage("Security", "CA5359", Justification = "It is this machine's own, and its authority changes while we look.")]
    internal ShakyCluster(string url, string kubeConfig)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero };
        handler.SslOptions.ClientCertificates = [KubeConfig.AdminCertificate(kubeConfig)!];
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        _http = new HttpClient(handler) { BaseAddress = new Uri(url) };
    }

    /// <summary>A token for the account that calls, known to the server for an hour.</summary>
    internal async Task<string> IssueAsync(CancellationToken stop)
    {
        using var body = new StringContent("""{"spec":{"expirationSeconds":3600}}""", Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new Uri("/api/v1/namespaces/team-a/serviceaccounts/deployer/token", UriKind.Relative), body, stop);
        response.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(stop))!["status"]!["token"]!;
    }

    internal Task RejectAsync(string token, CancellationToken stop)
    {
        _token = new Fault(FaultNames.RejectedToken) { Token = token };
        return SetAsync([], stop);
    }

    internal Task RotateAuthorityAsync(CancellationToken stop)
    {
        _authority = new Fault(FaultNames.RotatedAuthority);
        return SetAsync([], stop);
    }

    /// <summary>As clients see a restart: open connections break, and nothing listens until it is over.</summary>
    internal async Task RestartAsync(TimeSpan down, CancellationToken stop)
    {
        await SetAsync([new Fault(FaultNames.Refuse) { Seconds = down.TotalSeconds }], stop);
        await Task.Delay(down + TimeSpan.FromMilliseconds(500), stop);
    }

    public void Dispose() => _http.Dispose();

    private async Task SetAsync(Fault[] more, CancellationToken stop)
    {
        var faults = new[] { _authority, _token }.OfType<Fault>().Concat(more);
        using var body = new StringContent(JsonSerializer.Serialize(new { faults }, Names), Encoding.UTF8, "application/json");
        try
        {
            using var response = await _http.PutAsync(new Uri("/sandbox/faults", UriKind.Relative), body, stop);
            response.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException failure) when (failure.StatusCode is null)
        {
            // A fault of the connection befalls this one too, often before its answer.
        }
    }
}
