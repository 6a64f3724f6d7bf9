using System.Net;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.Config.Explicit;
using KubeSa.Client.Http;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Where credentials may go without encryption: to this machine, and past no proxy.</summary>
public sealed class PlainTextTests
{
    public static TheoryData<string, bool> Servers => new()
    {
        { "http://127.0.0.1:8080", true },
        { "http://127.7.7.7:8080", true },
        { "http://[::1]:8080", true },
        { "http://localhost:8080", true },
        { "http://LOCALHOST:8080", true },
        { "http://loopback:8080", false },
        { "http://Loopback:8080", false },
        { "http://localhost.example:8080", false },
        { "http://127.0.0.1.example:8080", false },
        { "http://10.0.0.1:8080", false },
        { "http://0.0.0.0:8080", false },
        { "http://cluster.example", false },
        { "https://cluster.example", true },
    };

    [Theory]
    [MemberData(nameof(Servers))]
    public void Row_14_credentials_go_over_http_to_this_machine_alone(string server, bool allowed)
    {
        foreach (var open in Ways(server, proxy: null))
        {
            var failure = Record.Exception(open) as KubeApiException;
            Assert.Equal(allowed ? null : FailureKind.InvalidRequest, failure?.Kind);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", false)]
    [InlineData("http://localhost:8080", false)]
    [InlineData("https://127.0.0.1:6443", true)]
    [InlineData("https://cluster.example", true)]
    public void Row_14_credentials_go_through_no_proxy_without_encryption(string server, bool allowed)
    {
        foreach (var open in Ways(server, "http://proxy.example:3128"))
        {
            var failure = Record.Exception(open) as KubeApiException;
            Assert.Equal(allowed ? null : FailureKind.InvalidRequest, failure?.Kind);
        }
    }

    [Fact]
    public void Row_14_the_name_loopback_is_no_server_at_all_for_the_framework_answers_for_it() =>
        Assert.Equal(FailureKind.InvalidRequest, Assert.Throws<KubeApiException>(() => ExplicitConfigLoader.From(new ConnectionOptions { Server = "https://loopback:6443" })).Kind);

    [Fact]
    public async Task Row_14_a_name_that_leads_elsewhere_is_not_connected_to()
    {
        var failure = await Assert.ThrowsAsync<KubeApiException>(async () => await LoopbackOnly.ConnectAsync(
            new DnsEndPoint("localhost", 8080), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("192.0.2.7")]), TestContext.Current.CancellationToken));
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Contains("192.0.2.7", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_14_of_the_addresses_of_a_name_those_of_this_machine_are_taken()
    {
        await using var plain = WireServer.Plain(_ => WireReply.Account("default", "x"));
        var stream = await LoopbackOnly.ConnectAsync(
            new DnsEndPoint("localhost", plain.Port),
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("192.0.2.7"), IPAddress.Loopback]),
            TestContext.Current.CancellationToken);
        await stream.DisposeAsync();
    }

    [Fact]
    public void Row_14_only_what_has_credentials_and_no_encryption_is_kept_here()
    {
        Assert.NotNull(SetUp("http://localhost:8080", token: "t").ConnectCallback);
        Assert.Null(SetUp("https://localhost:8080", token: "t").ConnectCallback);
        Assert.Null(SetUp("http://cluster.example", token: null).ConnectCallback);
    }

    private static SocketsHttpHandler SetUp(string server, string? token)
    {
        var handler = new SocketsHttpHandler();
        TransportSettings.SetUp(handler, ExplicitConfigLoader.From(Options(server, token, proxy: null)));
        return handler;
    }

    private static IEnumerable<Action> Ways(string server, string? proxy)
    {
        yield return () => ExplicitConfigLoader.From(Options(server, "t", proxy));
        yield return () =>
        {
            var file = Path.GetTempFileName();
            try
            {
                File.WriteAllText(file, $$"""
                    current-context: x
                    contexts: [{name: x, context: {cluster: c, user: u} }]
                    clusters: [{name: c, cluster: {server: "{{server}}"{{(proxy is null ? "" : $", proxy-url: \"{proxy}\"")}} } }]
                    users: [{name: u, user: {token: t} }]
                    """);
                using var api = new KubeGateway().Connect(new ConnectionOptions { KubeConfig = file });
            }
            finally
            {
                File.Delete(file);
            }
        };
    }

    private static ConnectionOptions Options(string server, string? token, string? proxy) => new()
    {
        Server = server,
        ProxyUrl = proxy,
        Token = token is null ? null : new NetworkCredential(string.Empty, token).SecurePassword,
    };
}
