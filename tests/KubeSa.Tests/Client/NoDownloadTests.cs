using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.Config.InCluster;
using KubeSa.Client.NetworkDiagnosis;
using KubeSa.Tests.Diagnosis;
using KubeSa.Tests.Offline;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>
/// A certificate may name a URL at which its issuer is to be had. Whoever shows one would choose, unverified, where we send
/// requests to, so nothing is ever fetched.
/// </summary>
public sealed class NoDownloadTests : IDisposable
{
    private readonly TestAuthority _root = new("root");
    private readonly TestAuthority _middle;
    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-aia-").FullName;

    public NoDownloadTests() => _middle = new TestAuthority("middle", _root);

    public void Dispose()
    {
        _root.Dispose();
        _middle.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("no CA")]
    [InlineData("no verification")]
    [InlineData("a CA")]
    [InlineData("no verification by the kubeconfig")]
    public async Task Calls_fetch_nothing(string how)
    {
        await using var shelf = WireServer.Plain(_ => new WireReply(200, _middle.Pem));
        await using var server = Serve(shelf);
        using var api = new KubeGateway().Connect(how switch
        {
            "no CA" => Options(server),
            "no verification" => Options(server) with { SkipCertificateCheck = true },
            "a CA" => Options(server) with { CertificateAuthority = Write("ca.crt", _root.Pem) },
            _ => new ConnectionOptions { KubeConfig = Write("config", KubeConfig(server)) },
        });
        var failure = await Record.ExceptionAsync(() => api.GetServiceAccountAsync("default", "x", CallContext.None with { Stop = TestContext.Current.CancellationToken }));
        Assert.Equal(how.StartsWith("no verification", StringComparison.Ordinal) ? null : FailureKind.TlsUntrusted, (failure as KubeApiException)?.Kind);
        Assert.Empty(shelf.Requests);
        Assert.Equal(0, shelf.Connections);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Checks_of_access_fetch_nothing(bool hasCa)
    {
        await using var shelf = WireServer.Plain(_ => new WireReply(200, _middle.Pem));
        await using var server = Serve(shelf);
        Write("token", Jwts.Make(Jwts.Bound, signature: Jwts.SignatureOfRightLength));
        Write("ca.crt", hasCa ? _root.Pem : string.Empty);
        Write("kubernetes.env", $"KUBERNETES_SERVICE_HOST=127.0.0.1\nKUBERNETES_SERVICE_PORT={server.Port}\n");
        var question = new AccessQuestion { MountPath = _folder, Timeout = TimeSpan.FromSeconds(30) };
        var evidence = await new EvidenceGatherer(question, new PodEnvironment(_ => null), CallContext.None with { Stop = TestContext.Current.CancellationToken }).GatherAsync(null);
        Assert.NotNull(evidence.Tls?.Certificate);
        await Task.Run(() => ScriptRun.Of(question), TestContext.Current.CancellationToken);
        Assert.Empty(server.Requests);
        Assert.Equal(0, shelf.Connections);
    }

    private WireServer Serve(WireServer shelf)
    {
        var leaf = _middle.IssueServer(more: new X509AuthorityInformationAccessExtension(ocspUris: [$"{shelf.Url}/ocsp"], caIssuersUris: [$"{shelf.Url}/middle.crt"]));
        return WireServer.Tls(() => leaf, _ => WireReply.Account("default", "x"));
    }

    private static ConnectionOptions Options(WireServer server) =>
        new() { Server = server.Url, Token = new NetworkCredential(string.Empty, "t").SecurePassword };

    private static string KubeConfig(WireServer server) => $$"""
        current-context: x
        contexts: [{name: x, context: {cluster: c, user: u} }]
        clusters: [{name: c, cluster: {server: "{{server.Url}}", insecure-skip-tls-verify: true} }]
        users: [{name: u, user: {token: t} }]
        """;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
