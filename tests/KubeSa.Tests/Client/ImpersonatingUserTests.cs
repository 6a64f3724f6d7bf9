using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Kubeconfigs that impersonate an account with the credentials of a connection, whatever those are.</summary>
public sealed class ImpersonatingUserTests : IAsyncDisposable
{
    private static readonly KubeConfigSpec Spec = new("team-a", "web") { Impersonate = true, IncludeProxyCredential = true };

    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-impersonating-").FullName;
    private readonly WireCluster _cluster = new(_ => WireReply.Account("default", "x"));

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("{ token: t0ken }", "Bearer t0ken")]
    [InlineData("{ tokenFile: token }", "Bearer from-file")]
    [InlineData("{ username: me, password: 'pa:ss' }", "Basic bWU6cGE6c3M=")]
    [InlineData("{ exec: { apiVersion: client.authentication.k8s.io/v1, command: ./plugin, args: [a-b], env: [{ name: SAID, value: by-env }], interactiveMode: Never } }", "Bearer by-env-a-b")]
    public async Task Show_the_server_the_same(string user, string header)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The plugin of this test is a shell script.");
        var first = await CallAsync(Write("first", $"users: [{{ name: u, user: {user} }}]"));
        Assert.Equal(header, first.Header("Authorization"));
        using var api = Connect(Path.Combine(_folder, "first"));

        // In another folder, from which no relative path leads anywhere.
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName, "config");
        await File.WriteAllTextAsync(file, api.ComposeKubeConfig(Spec, _ => { }), TestContext.Current.CancellationToken);
        var second = await CallAsync(file);
        Assert.Equal(header, second.Header("Authorization"));
        Assert.Equal("system:serviceaccount:team-a:web", second.Header("Impersonate-User"));
    }

    [Fact]
    public void Hold_a_client_certificate_with_its_key()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.IssueClient("CN=me");
        var file = Write("certificate", "users: [{ name: u, user: { client-certificate: me.crt, client-key: me.key } }]");
        File.WriteAllText(Path.Combine(_folder, "me.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "me.key"), (certificate.GetECDsaPrivateKey() ?? (System.Security.Cryptography.AsymmetricAlgorithm)certificate.GetRSAPrivateKey()!).ExportPkcs8PrivateKeyPem());
        using var api = Connect(file);
        var text = api.ComposeKubeConfig(Spec, _ => { });
        Assert.Contains("client-certificate-data", text, StringComparison.Ordinal);
        var copy = Path.Combine(_folder, "copy");
        File.WriteAllText(copy, text);
        using var again = Connect(copy);
        Assert.Equal("system:serviceaccount:team-a:web", again.Info.UserHint);
    }

    [Fact]
    public void Are_refused_where_the_connection_impersonates_somebody_already()
    {
        using var api = new KubeGateway().Connect(new ConnectionOptions { Server = "https://cluster.example", As = "jane" });
        var failure = Assert.Throws<KubeApiException>(() => api.ComposeKubeConfig(Spec, _ => { }));
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Contains("'jane'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("certificate-authority-data")]
    [InlineData("tls-server-name: \"inside.example\"")]
    [InlineData("proxy-url: \"http://me:p%40ss@proxy.example:3128\"")]
    [InlineData("disable-compression: true")]
    public void Reach_the_cluster_in_the_same_way(string setting)
    {
        var file = Path.Combine(_folder, "cluster");
        File.WriteAllText(file, Config($"{{ server: 'https://cluster.example', certificate-authority-data: {AuthorityData}, tls-server-name: inside.example, proxy-url: 'http://me:p%40ss@proxy.example:3128', disable-compression: true }}", "users: [{ name: u, user: { token: t } }]"));
        using var api = Connect(file);
        Assert.Contains(setting, api.ComposeKubeConfig(Spec, _ => { }), StringComparison.Ordinal);
    }

    [Fact]
    public void Skip_the_check_of_the_certificate_where_the_connection_does()
    {
        var file = Path.Combine(_folder, "skips");
        File.WriteAllText(file, Config("{ server: 'https://cluster.example', insecure-skip-tls-verify: true }", "users: [{ name: u, user: { token: t } }]"));
        using var api = Connect(file);
        Assert.Contains("insecure-skip-tls-verify: true", api.ComposeKubeConfig(Spec, _ => { }), StringComparison.Ordinal);
    }

    private string AuthorityData => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(_cluster.Authority.Pem));

    private async Task<WireRequest> CallAsync(string file)
    {
        using var api = Connect(file);
        await api.GetServiceAccountAsync("default", "x", _cluster.Call);
        return _cluster.Server.Requests[^1];
    }

    private static IKubeApi Connect(string file) => new KubeGateway().Connect(new ConnectionOptions { Source = ConnectionSource.KubeConfig, KubeConfig = file });

    private string Write(string name, string users)
    {
        File.WriteAllText(Path.Combine(_folder, "token"), "from-file");
        var plugin = Path.Combine(_folder, "plugin");
        File.WriteAllText(plugin, """
            #!/bin/sh
            echo "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"$SAID-$1\"}}"
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(plugin, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, Config($"{{ server: '{_cluster.Server.Url}', certificate-authority-data: {AuthorityData} }}", users));
        return file;
    }

    private static string Config(string cluster, string users) =>
        $"apiVersion: v1\nkind: Config\nclusters: [{{ name: c, cluster: {cluster} }}]\n{users}\ncontexts: [{{ name: x, context: {{ cluster: c, user: u }} }}]\ncurrent-context: x\n";
}
