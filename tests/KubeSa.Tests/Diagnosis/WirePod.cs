using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Config.InCluster;
using KubeSa.Client.NetworkDiagnosis;
using KubeSa.Tests.Offline;
using KubeSa.Tests.Wire;

namespace KubeSa.Tests.Diagnosis;

/// <summary>A pod and a scripted server, all well; whoever breaks something changes a property before the server starts.</summary>
internal sealed class WirePod : IAsyncDisposable
{
    private static readonly TestAuthority Authority = new();
    private static readonly TestAuthority Other = new("other-ca");

    internal static readonly X509Certificate2 Good = Authority.IssueServer();
    internal static readonly X509Certificate2 Untrusted = Other.IssueServer();
    internal static readonly X509Certificate2 ForAnother = Authority.IssueServer("other.example");
    internal static readonly X509Certificate2 Outdated = Authority.IssueServer(until: DateTimeOffset.UtcNow.AddDays(-1));

    private readonly string _mount = Directory.CreateTempSubdirectory("kubesa-wire-pod-").FullName;
    private WireServer? _server;
    private MuteListener? _mute;

    internal TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    internal string? Host { get; set; } = "127.0.0.1";

    /// <summary>The server's own where this is left out.</summary>
    internal string? Port { get; set; } = "own";

    internal string? Token { get; set; } = Jwts.Make(Jwts.Bound.Replace("\"warnafter\":1700003607", "\"warnafter\":4000000000", StringComparison.Ordinal), signature: Jwts.SignatureOfRightLength);

    internal string? CaFile { get; set; } = Authority.Pem;

    internal string? Namespace { get; set; } = "shop";

    internal X509Certificate2 Certificate { get; set; } = Good;

    internal bool SpeaksTls { get; set; } = true;

    /// <summary>Whether the server hangs up on each connection, or (false) says nothing; null where it serves.</summary>
    internal bool? HangsUp { get; set; }

    internal Func<WireRequest, WireReply> Version { get; set; } = _ => WireReply.Ok("""{"gitVersion":"v1.36.2"}""");

    internal Func<WireRequest, WireReply> List { get; set; } = _ => WireReply.Ok("""{"kind":"PodList","metadata":{},"items":[{}]}""");

    internal Func<WireRequest, WireReply> Rest { get; set; } = _ => WireReply.Failure(403, "Forbidden", "no");

    internal async Task<AccessEvidence> GatherAsync(CancellationToken stop)
    {
        WriteMount();
        var values = new Dictionary<string, string?> { ["KUBERNETES_SERVICE_HOST"] = Host, ["KUBERNETES_SERVICE_PORT"] = Port == "own" ? Listen() : Port };
        var gatherer = new EvidenceGatherer(
            new AccessQuestion { MountPath = _mount, Timeout = Timeout }, new PodEnvironment(values.GetValueOrDefault), CallContext.None with { Stop = stop });
        return await gatherer.GatherAsync(null);
    }

    /// <summary>Whether a program that trusts nobody else but the CA file, and reads and sends what a pod would, gets a list.</summary>
    internal async Task<bool> CanListAsync(CancellationToken stop)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(CaFile);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
        using var http = new HttpClient(handler);
        http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        try
        {
            using var response = await http.GetAsync(new Uri($"https://{Host}:{_server!.Port}/api/v1/pods"), stop);
            using var body = await response.Content.ReadAsStreamAsync(stop);
            using var json = await JsonDocument.ParseAsync(body, default, stop);
            return response.StatusCode == HttpStatusCode.OK && json.RootElement.GetProperty("items").ValueKind == JsonValueKind.Array;
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or KeyNotFoundException or IOException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_mute is not null)
        {
            await _mute.DisposeAsync();
        }

        Directory.Delete(_mount, recursive: true);
    }

    private string Listen()
    {
        if (HangsUp is { } hangsUp)
        {
            _mute = new MuteListener(hangsUp);
            return $"{_mute.Port}";
        }

        _server = SpeaksTls ? WireServer.Tls(() => Certificate, Answer) : WireServer.Plain(Answer);
        return $"{_server.Port}";
    }

    private WireReply Answer(WireRequest request) => request.Path switch
    {
        "/version" => Version(request),
        _ when request.Path.StartsWith("/api/v1/pods", StringComparison.Ordinal) => List(request),
        _ => Rest(request),
    };

    private void WriteMount()
    {
        foreach (var (name, text) in new[] { ("token", Token), ("ca.crt", CaFile), ("namespace", Namespace) })
        {
            if (text is not null)
            {
                File.WriteAllText(Path.Combine(_mount, name), text);
            }
        }
    }
}
