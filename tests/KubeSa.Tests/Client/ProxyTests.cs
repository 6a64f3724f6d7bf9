using System.Net;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.Http;
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
    [InlineData("https://10.1.2.3:6443", true)]
    [InlineData("https://11.1.2.3:6443", false)]
    [InlineData("https://[fd00::7]:6443", true)]
    [InlineData("https://cluster.example", false)]
    public void Row_13_reads_networks_in_NO_PROXY(string server, bool bypassed)
    {
        var proxy = new EnvironmentProxy(new WebProxy("http://proxy:3128"), name => name == "NO_PROXY" ? "example.org, 10.0.0.0/8,fd00::/8" : null);
        Assert.Equal(bypassed, proxy.IsBypassed(new Uri(server)));
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
        var access = ExplicitAccess.From(options);
        var handler = new SocketsHttpHandler();
        ClientFactory.SetUp(handler, access);
        return handler;
    }
}
