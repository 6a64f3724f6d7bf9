using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using KubeSa.Sandbox.Faults;
using Xunit;

namespace KubeSa.Contract.Faults;

public sealed class ConnectionFaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refuses_connections_and_listens_again_on_the_same_port()
    {
        await using var client = await FaultClient.StartAsync();
        await client.Http.GetStringAsync("/version", Stop);
        client.Server.Faults.Set(new Fault(FaultNames.Refuse));
        using var newcomer = client.NewClient();
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => newcomer.GetStringAsync("/version", Stop));
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(refusal.InnerException).SocketErrorCode);
        client.Server.Faults.Clear();
        Assert.Contains("gitVersion", await newcomer.GetStringAsync("/version", Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultNames.WrongName)]
    [InlineData(FaultNames.UnknownAuthority)]
    [InlineData(FaultNames.ExpiredCertificate)]
    public async Task Shows_a_certificate_that_nobody_should_trust(string fault)
    {
        await using var client = await FaultClient.StartAsync();
        await client.Http.GetStringAsync("/version", Stop);
        client.Server.Faults.Set(new Fault(fault));
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => client.Http.GetStringAsync("/version", Stop));
        Assert.IsType<AuthenticationException>(refusal.InnerException);
        client.Server.Faults.Clear();
        Assert.Contains("gitVersion", await client.Http.GetStringAsync("/version", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotates_its_authority_and_the_files_with_it()
    {
        await using var client = await FaultClient.StartAsync();
        var before = await File.ReadAllTextAsync(client.Server.CaFile, Stop);
        client.Server.Faults.Set(new Fault(FaultNames.RotatedAuthority));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.Http.GetStringAsync("/version", Stop));
        using var reader = client.NewClient();
        Assert.Contains("gitVersion", await reader.GetStringAsync("/version", Stop), StringComparison.Ordinal);
        client.Server.Faults.Clear();
        Assert.Equal(before, await File.ReadAllTextAsync(client.Server.CaFile, Stop));
    }

    [Fact]
    public async Task Is_switched_over_HTTP_by_administrators_alone()
    {
        await using var client = await FaultClient.StartAsync();
        using var set = await client.PutAsync("/sandbox/faults", """{"faults":[{"name":"unavailable","times":2}]}""");
        Assert.Equal("{\"faults\":[{\"name\":\"unavailable\",\"times\":2,\"after\":0,\"retryAfterSeconds\":1,\"milliseconds\":500}]}\n", await set.Content.ReadAsStringAsync(Stop));
        using var unknown = await client.PutAsync("/sandbox/faults", """{"faults":[{"name":"nonsense"}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using var endless = await client.PutAsync("/sandbox/faults", """{"faults":[{"name":"refuse"}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, endless.StatusCode);
        using var stranger = client.NewClient(asAdministrator: false);
        using var refused = await stranger.GetAsync("/sandbox/faults", Stop);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }
}
