using System.Net;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.Config.Explicit;
using KubeSa.Client.Http;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Row 13: proxies.</summary>
public sealed class ProxyTests
{
    [Theory]
    [InlineData("https://127.0.0.1:6443")]
    [InlineData("https://localhost:6443")]
    [InlineData("https://[::1]:6443")]
    public void Row_13_goes_through_none_to_this_machine(string server)
    {
        using var handler = SetUp(new ConnectionOptions { Server = server });
        Assert.False(handler.UseProxy);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_exported_kubeconfig_holds_the_proxys_password_only_where_that_was_asked_for(bool include)
    {
        var spec = new KubeConfigSpec("team-a", "web") { Token = new NetworkCredential(string.Empty, "t").SecurePassword, IncludeProxyCredential = include };
        using var api = new KubeGateway().Connect(new ConnectionOptions { Server = "https://cluster.example", ProxyUrl = "http://me:p%40ss@proxy.example:3128" });
        var notices = new List<Notice>();
        var text = api.ComposeKubeConfig(spec, notices.Add);
        Assert.Contains(include ? "http://me:p%40ss@proxy.example:3128" : "\"http://proxy.example:3128\"", text, StringComparison.Ordinal);
        Assert.Equal(include, text.Contains("p%40ss", StringComparison.Ordinal));
        Assert.Equal(include, notices.Count == 0);
        Assert.All(notices, notice => Assert.Contains("-IncludeProxyCredential", Assert.IsType<WarningNotice>(notice).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Row_13_goes_through_the_one_that_is_given_with_its_credentials_apart()
    {
        using var handler = SetUp(new ConnectionOptions { Server = "https://cluster.example", ProxyUrl = "http://me:p%40ss@proxy.example:3128" });
        Assert.Equal("http://proxy.example:3128/", handler.Proxy!.GetProxy(new Uri("https://cluster.example"))!.AbsoluteUri);
        Assert.Equal(("me", "p@ss"), Of(handler.Proxy.Credentials!.GetCredential(new Uri("http://proxy.example:3128"), "Basic")!));
    }

    [Fact]
    public void Row_13_goes_by_the_environment_elsewhere()
    {
        using var handler = SetUp(new ConnectionOptions { Server = "https://cluster.example" });
        Assert.True(handler.UseProxy);
        Assert.IsType<EnvironmentProxy>(handler.Proxy);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    [InlineData("socks5h")]
    public async Task Row_13_a_request_goes_through_the_kubeconfigs_proxy_that_alone_knows_the_host(string scheme)
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"), authority => authority.IssueServer("cluster.invalid"));
        await using var proxy = new WireProxy(cluster.Server.Port);
        var file = cluster.Write("config", $$"""
            current-context: x
            contexts: [{name: x, context: {cluster: c, user: u} }]
            clusters: [{name: c, cluster: {server: "https://cluster.invalid:6443", certificate-authority: ca.crt, proxy-url: "{{scheme}}://127.0.0.1:{{proxy.Port}}"} }]
            users: [{name: u, user: {token: t} }]
            """);
        var api = cluster.Connect(_ => new ConnectionOptions { KubeConfig = file });
        Assert.Equal("x", (await api.GetServiceAccountAsync("default", "x", cluster.Call)).Name);
        Assert.Equal(["cluster.invalid:6443"], proxy.Asked);
    }

    [Fact]
    public async Task Row_13_a_proxy_that_asks_for_credentials_gets_its_own()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"), authority => authority.IssueServer("cluster.invalid"));
        await using var proxy = new WireProxy(cluster.Server.Port) { AsksForCredentials = true };
        var api = cluster.Connect(o => o with { Server = "https://cluster.invalid", ProxyUrl = $"http://me:p%40ss@127.0.0.1:{proxy.Port}" });
        Assert.Equal("x", (await api.GetServiceAccountAsync("default", "x", cluster.Call)).Name);
        Assert.Equal("Basic " + Convert.ToBase64String("me:p@ss"u8), proxy.Authorization);
    }

    [Fact]
    public async Task A_proxy_that_nobody_is_behind_is_told_as_one()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        await using var proxy = WireServer.Plain(_ => new WireReply(502, "no"));
        var api = cluster.Connect(o => o with { Server = "https://cluster.invalid", ProxyUrl = proxy.Url });
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.ConnectionRefused, failure.Kind);
        Assert.Contains("The proxy refuses", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://me:secret-word@127.0.0.1:1", FailureKind.ConnectionRefused)]
    [InlineData("http://me:secret-word@proxy.invalid:3128", FailureKind.HostNotFound)]
    [InlineData("socks5://me:secret-word@127.0.0.1:1", FailureKind.ConnectionRefused)]
    public async Task A_proxy_that_cannot_be_reached_is_blamed_and_not_the_server(string proxy, FailureKind kind)
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = cluster.Connect(o => o with { Server = "https://cluster.example", ProxyUrl = proxy });
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(kind, failure.Kind);
        Assert.StartsWith("The proxy ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_proxy_that_is_no_URL()
    {
        var failure = Assert.Throws<KubeApiException>(() => SetUp(new ConnectionOptions { Server = "https://cluster.example", ProxyUrl = "proxy:3128" }));
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
    }

    private static (string, string) Of(NetworkCredential credential) => (credential.UserName, credential.Password);

    private static SocketsHttpHandler SetUp(ConnectionOptions options)
    {
        var config = ExplicitConfigLoader.From(options);
        var handler = new SocketsHttpHandler();
        TransportSettings.SetUp(handler, config);
        return handler;
    }
}
