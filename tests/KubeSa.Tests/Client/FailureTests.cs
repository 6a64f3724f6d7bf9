using KubeSa.Api;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Rows 2, 3, 4, 5, 14 and 15: what a failure says, and when it comes.</summary>
public sealed class FailureTests
{
    private const string Secret = "body-of-an-answer-never-to-be-seen";

    // What a Status says is a reason, and it is quoted (see ServerReasonTests); any other body is not.
    public static TheoryData<int, string> Refusals => new()
    {
        { 404, WireReply.Failure(404, "NotFound", Secret).Body },
        { 409, WireReply.Failure(409, "AlreadyExists", Secret).Body },
        { 429, Secret },
        { 500, Secret },
        { 502, $"<html>{Secret}</html>" },
        { 503, Secret },
        { 200, $"<html>{Secret}</html>" },
        { 200, $"{{\"kind\":\"{Secret}" },
        { 418, $"{{\"x\":\"{Secret}\"}}" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Row_2_lets_neither_the_token_nor_the_body_of_an_answer_into_a_failure(int status, string body)
    {
        await using var cluster = new WireCluster(_ => new WireReply(status, body));
        var api = cluster.Connect(o => o with { Timeout = TimeSpan.FromSeconds(5) });
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.CreateServiceAccountAsync(new ServiceAccountSpec("default", "x"), cluster.Call));
        Assert.Null(failure.InnerException);
        Assert.Empty(failure.Data);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(WireCluster.Token, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_2_quotes_what_the_server_finds_wrong_with_an_object_but_no_token()
    {
        var causes = """{"causes":[{"field":"metadata.labels","message":"a valid label must"},{"field":"x","message":"CAUSE"}]}""";
        await using var cluster = new WireCluster(request => WireReply.Failure(
            422, "Invalid", "no", causes.Replace("CAUSE", request.Path.Contains("team", StringComparison.Ordinal) ? "refused: eyJabc.def" : "fine", StringComparison.Ordinal)));
        var api = cluster.Connect();
        var plain = await Assert.ThrowsAsync<KubeApiException>(() => api.CreateServiceAccountAsync(new ServiceAccountSpec("default", "x"), cluster.Call));
        Assert.Equal(FailureKind.InvalidRequest, plain.Kind);
        Assert.Contains("metadata.labels: a valid label must", plain.Message, StringComparison.Ordinal);
        var echo = await Assert.ThrowsAsync<KubeApiException>(() => api.CreateServiceAccountAsync(new ServiceAccountSpec("team", "x"), cluster.Call));
        Assert.DoesNotContain("eyJ", echo.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(WireFault.StallInBody))]
    [InlineData(nameof(WireFault.StallBeforeAnswer))]
    public async Task Row_3_a_stalled_answer_obeys_the_stop(string fault)
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x") with { Fault = Enum.Parse<WireFault>(fault) });
        using var stop = new CancellationTokenSource();
        var call = cluster.Connect().GetServiceAccountAsync("default", "x", new CallContext(_ => { }, stop.Token));
        await Until(() => cluster.Server.Requests.Count == 1);

        await stop.CancelAsync();

        // The server goes on saying nothing, and a timeout would be another exception.
        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
        Assert.Equal(stop.Token, stopped.CancellationToken);
    }

    [Theory]
    [InlineData(nameof(WireFault.StallInBody))]
    [InlineData(nameof(WireFault.StallBeforeAnswer))]
    public async Task Row_4_a_stalled_answer_is_timed_out_and_no_cancellation(string fault)
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x") with { Fault = Enum.Parse<WireFault>(fault) });
        var api = cluster.Connect(o => o with { Timeout = TimeSpan.FromSeconds(2) });
        var failure = await Assert.ThrowsAsync<KubeApiException>(
            () => api.GetServiceAccountAsync("default", "x", cluster.Call).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.Equal((FailureKind.TimedOut, "default/x"), (failure.Kind, failure.Target));
        await cluster.Server.Abandoned.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Row_5_blocks_nobody_whose_synchronization_context_is_not_pumped()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = cluster.Connect();
        var done = new TaskCompletionSource<string>();
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new NeverPumped());
            done.SetResult(api.GetServiceAccountAsync("default", "x", cluster.Call).GetAwaiter().GetResult().Name);
        })
        { IsBackground = true };
        thread.Start();
        Assert.Equal("x", await done.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Row_5_does_its_work_on_the_thread_pool_whoever_asks()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var file = cluster.Write("config", """
            current-context: x
            contexts: [{name: x, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
            users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin-anywhere}}}]
            """);
        using var api = cluster.Connect(_ => new ConnectionOptions { KubeConfig = file });
        var seen = new TaskCompletionSource<SynchronizationContext?>();
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new NeverPumped());
            var call = api.GetServiceAccountAsync("default", "x", new CallContext(_ => seen.TrySetResult(SynchronizationContext.Current), CancellationToken.None));
            call.ContinueWith(ended => seen.TrySetException(ended.Exception!), TaskScheduler.Default);
        })
        { IsBackground = true };
        thread.Start();
        Assert.Null(await seen.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Row_14_refuses_to_send_credentials_in_plain_text()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var failure = Assert.Throws<KubeApiException>(() => cluster.Connect(o => o with { Server = "http://cluster.example:8080" }));
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Contains("encrypted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_14_sends_them_to_this_machine_itself_as_through_a_tunnel()
    {
        await using var plain = WireServer.Plain(_ => WireReply.Account("default", "x"));
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = cluster.Connect(o => o with { Server = plain.Url });
        Assert.Equal("x", (await api.GetServiceAccountAsync("default", "x", cluster.Call)).Name);
        Assert.Equal($"Bearer {WireCluster.Token}", plain.Requests[0].Header("Authorization"));
    }

    [Fact]
    public async Task Row_14_follows_no_redirect()
    {
        await using var cluster = new WireCluster(request => request.Path.StartsWith("/elsewhere", StringComparison.Ordinal)
            ? WireReply.Account("default", "x")
            : new WireReply(302, "") { Headers = [("Location", "/elsewhere")] });
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => cluster.Connect().GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.ProtocolError, failure.Kind);
        Assert.Single(cluster.Server.Requests);
    }

    [Theory]
    [InlineData(200, "<html>login</html>", FailureKind.ProtocolError)]
    [InlineData(200, "{\"kind\":\"Servi", FailureKind.ProtocolError)]
    [InlineData(404, "<html>not here</html>", FailureKind.ProtocolError)]
    [InlineData(404, "404 page not found\n", FailureKind.NotFound)]
    [InlineData(502, "<html>bad gateway</html>", FailureKind.ServerError)]
    [InlineData(504, "{\"metadata\":{},\"status\":\"Failure\",\"reason\":\"Timeout\",\"details\":{},\"code\":504}", FailureKind.ServerError)]
    public async Task Row_15_tells_strangers_and_broken_servers_apart(int status, string body, FailureKind kind)
    {
        await using var cluster = new WireCluster(_ => new WireReply(status, body, "text/html"));
        var api = cluster.Connect();
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.CreateServiceAccountAsync(new ServiceAccountSpec("default", "x"), cluster.Call));
        Assert.Equal(kind, failure.Kind);
        Assert.DoesNotContain("does not expect", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(WireFault.CloseBeforeAnswer))]
    [InlineData(nameof(WireFault.CloseInBody))]
    public async Task Row_15_a_connection_that_breaks_is_ConnectionReset(string fault)
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x") with { Fault = Enum.Parse<WireFault>(fault) });
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => cluster.Connect().GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.ConnectionReset, failure.Kind);
    }

    [Fact]
    public async Task Row_15_a_server_that_is_gone_is_ConnectionRefused_and_no_hang()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        await cluster.Server.DisposeAsync();
        var failure = await Assert.ThrowsAsync<KubeApiException>(
            () => cluster.Connect().GetServiceAccountAsync("default", "x", cluster.Call).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
        Assert.Equal(FailureKind.ConnectionRefused, failure.Kind);
    }

    [Fact]
    public async Task Row_15_a_host_that_nobody_knows_is_HostNotFound()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = cluster.Connect(o => o with { Server = "https://no-such-host.invalid:6443" });
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.HostNotFound, failure.Kind);
    }

    [Fact]
    public async Task Row_15_a_server_that_speaks_no_TLS_is_ProtocolError()
    {
        await using var plain = WireServer.Plain(_ => WireReply.Account("default", "x"));
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = cluster.Connect(o => o with { Server = $"https://127.0.0.1:{plain.Port}" });
        var failure = await Assert.ThrowsAsync<KubeApiException>(
            () => api.GetServiceAccountAsync("default", "x", cluster.Call).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.Equal(FailureKind.ProtocolError, failure.Kind);
    }

    [Fact]
    public async Task Says_who_may_not_do_what_and_where()
    {
        await using var cluster = new WireCluster(_ => WireReply.Failure(
            403,
            "Forbidden",
            "serviceaccounts \"builder\" is forbidden: User \"system:serviceaccount:team-a:reader\" cannot get resource \"serviceaccounts\" in API group \"\" in the namespace \"team-a\"",
            """{"name":"builder","kind":"serviceaccounts"}"""));
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => cluster.Connect().GetServiceAccountAsync("team-a", "builder", cluster.Call));
        Assert.Equal((FailureKind.Forbidden, "team-a/builder", 403, "Forbidden"), (failure.Kind, failure.Target, failure.StatusCode, failure.Reason));
        Assert.StartsWith("'system:serviceaccount:team-a:reader' may not get serviceaccounts 'builder' in the namespace 'team-a'.", failure.Message, StringComparison.Ordinal);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    private sealed class NeverPumped : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
