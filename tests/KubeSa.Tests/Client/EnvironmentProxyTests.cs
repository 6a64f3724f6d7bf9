using KubeSa.Api;
using KubeSa.Client.Config.Explicit;
using KubeSa.Client.Http;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>The environment's proxies, as golang.org/x/net/http/httpproxy documents that it reads them, and as kubectl does.</summary>
[Collection(SharedProcess.Name)]
public sealed class EnvironmentProxyTests
{
    private const string Proxy = "http://proxy.example:3128";

    /// <summary>NO_PROXY, a server, and whether the proxy is left out for it.</summary>
    public static TheoryData<string, string, bool> Lists => new()
    {
        { "", "https://cluster.example:6443", false },
        { "cluster.example", "https://cluster.example:6443", true },
        { "cluster.example", "https://api.cluster.example:6443", true },
        { "cluster.example", "https://mycluster.example:6443", false },
        { "CLUSTER.Example", "https://api.cluster.example", true },
        { ".cluster.example", "https://api.cluster.example", true },
        { ".cluster.example", "https://cluster.example", false },
        { "*.cluster.example", "https://api.cluster.example", true },
        { "*.cluster.example", "https://a.b.cluster.example", true },
        { "*.cluster.example", "https://cluster.example", false },
        { "*", "https://cluster.example", true },
        { "*", "https://10.1.2.3", true },
        { "cluster.*", "https://cluster.example", false },
        { "cluster.example:6443", "https://cluster.example:6443", true },
        { "cluster.example:6443", "https://cluster.example:443", false },
        { "cluster.example:443", "https://cluster.example", true },
        { ".example:6443", "https://cluster.example:6443", true },
        { "*.example:6443", "https://cluster.example", false },
        { ":6443", "https://cluster.example:6443", false },
        { "10.1.2.3", "https://10.1.2.3:6443", true },
        { "10.1.2.3", "https://10.1.2.33:6443", false },
        { "10.1.2.3:6443", "https://10.1.2.3:6443", true },
        { "10.1.2.3:6443", "https://10.1.2.3:443", false },
        { "10.0.0.0/8", "https://10.1.2.3:6443", true },
        { "10.9.9.9/8", "https://10.1.2.3:6443", true },
        { "10.0.0.0/8", "https://11.1.2.3:6443", false },
        { "10.1.2.0/23", "https://10.1.3.3:6443", true },
        { "0.0.0.0/0", "https://203.0.113.7", true },
        { "10.0.0.0/8", "https://cluster.example", false },
        { "10.0.0.0/33", "https://10.1.2.3", false },
        { "10", "https://0.0.0.10", true },
        { "fd00::/8", "https://[fd00::7]:6443", true },
        { "fd00::7", "https://[fd00::7]:6443", true },
        { "[fd00::7]:6443", "https://[fd00::7]:6443", true },
        { "[fd00::7]:443", "https://[fd00::7]:6443", false },
        { "fe00::/8", "https://[fd00::7]:6443", false },
        { "bücher.example", "https://api.bücher.example", true },
        { "xn--bcher-kva.example", "https://bücher.example", true },
        { " example.org , ,cluster.example ", "https://cluster.example", true },
        { "example.org cluster.example", "https://cluster.example", false },
    };

    /// <summary>The variables, a server, and the proxy that is gone through; null for none.</summary>
    public static TheoryData<string, string, string?> Variables => new()
    {
        { $"HTTPS_PROXY={Proxy}", "https://cluster.example", "http://proxy.example:3128/" },
        { $"https_proxy={Proxy}", "https://cluster.example", "http://proxy.example:3128/" },
        { $"https_proxy=http://low:1;HTTPS_PROXY={Proxy}", "https://cluster.example", "http://proxy.example:3128/" },
        { $"HTTPS_PROXY=;https_proxy={Proxy}", "https://cluster.example", "http://proxy.example:3128/" },
        { $"HTTPS_PROXY={Proxy};no_proxy=cluster.example", "https://cluster.example", null },
        { $"HTTPS_PROXY={Proxy};NO_PROXY=other.example;no_proxy=cluster.example", "https://cluster.example", "http://proxy.example:3128/" },
        { $"HTTP_PROXY={Proxy}", "https://cluster.example", null },
        { $"HTTP_PROXY={Proxy}", "http://cluster.example", "http://proxy.example:3128/" },
        { $"HTTPS_PROXY={Proxy}", "http://cluster.example", null },
        { $"ALL_PROXY={Proxy}", "https://cluster.example", null },
        { $"all_proxy={Proxy}", "https://cluster.example", null },
        { "HTTPS_PROXY=proxy.example:3128", "https://cluster.example", "http://proxy.example:3128/" },
        { "HTTPS_PROXY=10.0.0.1:3128", "https://cluster.example", "http://10.0.0.1:3128/" },
        { "HTTPS_PROXY=proxy.example", "https://cluster.example", "http://proxy.example/" },
        { "HTTPS_PROXY=https://proxy.example:3128", "https://cluster.example", "https://proxy.example:3128/" },
        { "HTTPS_PROXY=socks5://proxy.example:1080", "https://cluster.example", "socks5://proxy.example:1080/" },
        { "HTTPS_PROXY=socks5h://proxy.example:1080", "https://cluster.example", "socks5://proxy.example:1080/" },
        { "HTTPS_PROXY=http://me:p%40ss@proxy.example:3128", "https://cluster.example", "http://proxy.example:3128/" },
        { $"HTTPS_PROXY={Proxy}", "https://localhost:6443", null },
        { $"HTTPS_PROXY={Proxy}", "https://127.0.0.1:6443", null },
        { $"HTTPS_PROXY={Proxy}", "https://127.7.7.7:6443", null },
        { $"HTTPS_PROXY={Proxy}", "https://[::1]:6443", null },
        { "", "https://cluster.example", null },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Row_13_reads_NO_PROXY_as_kubectl_does(string list, string server, bool left)
    {
        var proxy = Of($"HTTPS_PROXY={Proxy};NO_PROXY={list}");
        Assert.Equal(left, proxy.IsBypassed(new Uri(server)));
        Assert.Equal(left, proxy.GetProxy(new Uri(server)) is null);
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public void Row_13_reads_the_variables_as_kubectl_does(string variables, string server, string? through)
    {
        var proxy = Of(variables);
        Assert.Equal(through, proxy.GetProxy(new Uri(server))?.AbsoluteUri);
        Assert.Equal(through is null, proxy.IsBypassed(new Uri(server)));
    }

    /// <summary>Where a proxy is asked at all, no name needs to be found and nothing leaves the machine, so one answers for the whole list.</summary>
    [Fact]
    public async Task Kubectl_reads_NO_PROXY_alike()
    {
        await using var proxy = WireServer.Plain(_ => new WireReply(403, "no"));
        var folder = Directory.CreateTempSubdirectory("kubesa-no-proxy-");
        try
        {
            var rows = Lists.Select(row => row.Data).Where(row => !row.Item3).ToList();
            Assert.NotEmpty(rows);
            foreach (var (list, server, _) in rows)
            {
                var file = Path.Combine(folder.FullName, "config");
                await File.WriteAllTextAsync(
                    file,
                    $$"""{"current-context":"x","contexts":[{"name":"x","context":{"cluster":"c"} }],"clusters":[{"name":"c","cluster":{"server":"{{server}}"} }]}""",
                    TestContext.Current.CancellationToken);
                var before = proxy.Requests.Count;
                var environment = new Dictionary<string, string?> { ["HTTPS_PROXY"] = proxy.Url, ["NO_PROXY"] = list, ["no_proxy"] = null };
                Kubectl.Ask(file, environment, "get", "--raw", "/version");
                Assert.True(proxy.Requests.Count > before, $"NO_PROXY={list} for {server}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Row_13_has_the_credentials_of_the_proxy_that_asks()
    {
        var proxy = Of("HTTPS_PROXY=http://me:p%40ss@proxy.example:3128;HTTP_PROXY=http://you:word@other.example:80");
        var credential = proxy.GetCredential(new Uri("http://proxy.example:3128"), "Basic")!;
        Assert.Equal(("me", "p@ss"), (credential.UserName, credential.Password));
        Assert.Equal("you", proxy.GetCredential(new Uri("http://other.example:80"), "Basic")!.UserName);
        Assert.Null(proxy.GetCredential(new Uri("http://stranger.example:3128"), "Basic"));
    }

    [Theory]
    [InlineData("ftp://proxy.example")]
    [InlineData("no proxy at all")]
    public void Row_13_refuses_a_value_that_is_no_proxy_instead_of_going_past_it(string value)
    {
        var failure = Assert.Throws<KubeApiException>(() => Of($"HTTPS_PROXY={value}").RequireUsable(new Uri("https://cluster.example")));
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Contains("HTTPS_PROXY", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "https://cluster.example", null)]
    [InlineData("HTTPS_PROXY=http://me:word@proxy.example:3128", "https://cluster.example", "The way to cluster.example goes through the proxy http://proxy.example:3128 (HTTPS_PROXY).")]
    [InlineData("https_proxy=http://proxy.example:3128;no_proxy=.example", "https://cluster.example", "https_proxy is set and not used: no_proxy holds '.example'.")]
    [InlineData("HTTPS_PROXY=http://proxy.example:3128", "https://127.0.0.1:6443", "HTTPS_PROXY is set and not used: 127.0.0.1 is this machine.")]
    [InlineData("ALL_PROXY=http://me:word@proxy.example:3128", "https://cluster.example", "ALL_PROXY is set and not used, for kubectl does not read it either. Set HTTPS_PROXY for a proxy.")]
    [InlineData("http_proxy=http://me:word@proxy.example:3128", "https://cluster.example", "http_proxy is set and not used: it is for servers whose URL begins with http://.")]
    [InlineData("HTTPS_PROXY=http://proxy.example:3128", "https://cluster.example through http://mine.example:8080", "HTTPS_PROXY is set and not used: the connection has a proxy of its own, http://mine.example:8080.")]
    public void Tells_what_is_done_with_a_proxy_that_is_set(string variables, string server, string? told)
    {
        var parts = server.Split(" through ");
        var config = ExplicitConfigLoader.From(new ConnectionOptions { Server = parts[0], ProxyUrl = parts.Length > 1 ? parts[1] : null });
        Assert.Equal(told, ProxySelector.Explain(config, Read(variables)));
    }

    [Fact]
    public async Task Says_by_verbose_that_a_proxy_is_set_and_not_used()
    {
        using var scope = new EnvironmentScope(("HTTPS_PROXY", "http://me:word@proxy.example:3128"));
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = cluster.Connect();
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        Assert.Equal("HTTPS_PROXY is set and not used: 127.0.0.1 is this machine.", Assert.IsType<VerboseNotice>(Assert.Single(cluster.Notices)).Message);
    }

    private static EnvironmentProxy Of(string variables) => new(Read(variables));

    private static Func<string, string?> Read(string variables)
    {
        var values = variables.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return values.GetValueOrDefault;
    }
}
