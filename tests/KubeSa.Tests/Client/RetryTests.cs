using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KubeSa.Api;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Row 12: what is tried again, and what is not.</summary>
public sealed class RetryTests
{
    private static readonly WireReply Busy = new(429, "Too many requests, please try again later.\n", "text/plain") { Headers = [("Retry-After", "1")] };

    [Fact]
    public async Task Row_12_a_read_waits_as_long_as_the_server_asks_and_says_so()
    {
        var asked = 0;
        await using var cluster = new WireCluster(_ => ++asked == 1 ? Busy : WireReply.Account("default", "x"));
        var watch = Stopwatch.StartNew();
        Assert.Equal("x", (await cluster.Connect().GetServiceAccountAsync("default", "x", cluster.Call)).Name);
        Assert.Equal(2, asked);
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");
        var notice = Assert.Single(cluster.Notices.OfType<VerboseNotice>());
        Assert.Contains("answered 429", notice.Message, StringComparison.Ordinal);
        Assert.Contains("trying again in 1", notice.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Row_12_a_read_outlives_a_server_that_fails_for_a_moment(int status)
    {
        var asked = 0;
        await using var cluster = new WireCluster(_ => ++asked < 3 ? new WireReply(status, "down", "text/plain") : WireReply.Account("default", "x"));
        Assert.Equal("x", (await cluster.Connect().GetServiceAccountAsync("default", "x", cluster.Call)).Name);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Row_12_gives_up_after_five_tries_more()
    {
        await using var cluster = new WireCluster(_ => new WireReply(503, "down", "text/plain"));
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => cluster.Connect().GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal((FailureKind.ServerError, 503), (failure.Kind, failure.StatusCode));
        Assert.Equal(6, cluster.Server.Requests.Count);
    }

    [Fact]
    public async Task Row_12_does_not_wait_longer_than_the_call_may_take()
    {
        await using var cluster = new WireCluster(_ => Busy with { Headers = [("Retry-After", "3600")] });
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => cluster.Connect().GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal((FailureKind.TooManyRequests, TimeSpan.FromHours(1)), (failure.Kind, failure.RetryAfter));
        Assert.Single(cluster.Server.Requests);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Row_12_never_repeats_a_create_that_may_have_been_made(int status)
    {
        await using var cluster = new WireCluster(_ => Busy with { Status = status });
        await Assert.ThrowsAsync<KubeApiException>(
            () => cluster.Connect().CreateServiceAccountAsync(new ServiceAccountSpec("default", "x"), cluster.Call));
        Assert.Single(cluster.Server.Requests);
    }

    [Fact]
    public async Task Row_12_repeats_a_create_that_was_turned_away_at_the_door()
    {
        var asked = 0;
        await using var cluster = new WireCluster(_ => ++asked == 1 ? Busy with { Headers = [("Retry-After", "0")] } : WireReply.Account("default", "x") with { Status = 201 });
        await cluster.Connect().CreateServiceAccountAsync(new ServiceAccountSpec("default", "x"), cluster.Call);
        Assert.Equal(2, asked);
        Assert.Equal(cluster.Server.Requests[0].Body, cluster.Server.Requests[1].Body);
    }

    [Fact]
    public async Task Row_12_a_question_that_is_asked_by_POST_is_a_read()
    {
        var asked = 0;
        await using var cluster = new WireCluster(_ => ++asked % 2 == 1
            ? new WireReply(503, "down", "text/plain")
            : WireReply.Ok("""{"metadata":{},"spec":{},"status":{"allowed":true,"token":"a.b.c","expirationTimestamp":"2030-01-01T00:00:00Z","user":{"username":"x"}}}""") with { Status = 201 });
        var api = cluster.Connect();
        await api.ReviewAccessAsync(new AccessRequest("list") { Resource = "pods" }, cluster.Call);
        await api.ReviewAccessAsync(new AccessRequest("list") { Resource = "pods", User = "jane" }, cluster.Call);
        await api.ReviewTokenAsync("t", [], cluster.Call);
        Assert.Equal(6, asked);
    }

    [Fact]
    public async Task Row_12_comes_back_as_often_as_the_server_asks_for_it_but_not_for_ever()
    {
        var asked = 0;
        await using var cluster = new WireCluster(_ => ++asked == 9 ? WireReply.Account("default", "x") : new WireReply(503, "starting", "text/plain") { Headers = [("Retry-After", "0")] });
        var api = cluster.Connect();
        Assert.Equal("x", (await api.GetServiceAccountAsync("default", "x", cluster.Call)).Name);
        await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(9 + 11, asked);
    }

    [Fact]
    public async Task Row_12_waits_for_a_server_that_is_restarting_and_then_sends_even_a_create()
    {
        var posts = 0;
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = cluster.Connect();
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        var port = cluster.Server.Port;
        await cluster.Server.DisposeAsync();

        var create = api.CreateServiceAccountAsync(new ServiceAccountSpec("default", "x"), cluster.Call);
        await Until(() => cluster.Notices.OfType<VerboseNotice>().Any());
        var certificate = cluster.Authority.IssueServer();
        await using var again = WireServer.Tls(
            () => certificate,
            request =>
            {
                posts += request.Method == "POST" ? 1 : 0;
                return WireReply.Account("default", "x") with { Status = 201 };
            },
            port);
        Assert.Equal("x", (await create).Name);
        Assert.Equal(1, posts);
    }

    [Fact]
    public async Task Row_12_a_server_that_is_gone_is_given_up_long_before_the_deadline_and_the_wait_is_shown()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = cluster.Connect();
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        await cluster.Server.DisposeAsync();

        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.ConnectionRefused, failure.Kind);
        Assert.Equal(5, cluster.Notices.OfType<VerboseNotice>().Count());
        Assert.True(cluster.Notices.OfType<ProgressNotice>().Last().Completed);
    }

    [Fact]
    public async Task Row_12_never_repeats_a_create_whose_answer_was_lost()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x") with { Fault = WireFault.CloseInBody });
        await Assert.ThrowsAsync<KubeApiException>(
            () => cluster.Connect().CreateServiceAccountAsync(new ServiceAccountSpec("default", "x"), cluster.Call));
        Assert.Single(cluster.Server.Requests);
    }

    [Fact]
    public async Task Row_12_a_read_outlives_a_connection_that_breaks()
    {
        var asked = 0;
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x") with { Fault = ++asked == 1 ? WireFault.CloseInBody : WireFault.None });
        Assert.Equal("x", (await cluster.Connect().GetServiceAccountAsync("default", "x", cluster.Call)).Name);
    }

    [Fact]
    public async Task Row_12_a_read_tries_again_where_nothing_listens_yet()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var failure = await Assert.ThrowsAsync<KubeApiException>(
            () => cluster.Connect(o => o with { Server = $"https://127.0.0.1:{port}" }).GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal(FailureKind.ConnectionRefused, failure.Kind);
        Assert.Equal(5, cluster.Notices.OfType<VerboseNotice>().Count(n => n.Message.Contains("the connection failed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Row_12_a_wrong_certificate_is_not_asked_again()
    {
        using var impostor = new TestAuthority();
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"), impostor.IssueServer());
        await Assert.ThrowsAsync<KubeApiException>(() => cluster.Connect().GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Empty(cluster.Notices);
    }

    [Fact]
    public async Task Row_12_a_certificate_is_looked_at_again_while_the_authorities_are_being_changed()
    {
        using var old = new TestAuthority("old");
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x") with { Headers = [("Connection", "close")] }, old.IssueServer());
        var renewed = cluster.Authority.IssueServer();
        var handshakes = 0;
        await using var server = WireServer.Tls(
            () => ++handshakes <= 2 ? old.IssueServer() : renewed,
            _ => WireReply.Account("default", "x") with { Headers = [("Connection", "close")] });
        var ca = cluster.Write("changing.crt", old.Pem);
        var api = cluster.Connect(o => o with { Server = server.Url, CertificateAuthority = ca });
        await api.GetServiceAccountAsync("default", "x", cluster.Call);

        // The file is ahead of the server by one handshake.
        cluster.Write("changing.crt", cluster.Authority.Pem);
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        Assert.Equal(3, handshakes);
    }

    [Fact]
    public async Task Row_12_stops_waiting_when_it_is_stopped()
    {
        await using var cluster = new WireCluster(_ => Busy with { Headers = [("Retry-After", "15")] });
        using var stop = new CancellationTokenSource();
        var waiting = new TaskCompletionSource();
        var call = cluster.Connect().GetServiceAccountAsync("default", "x", new CallContext(_ => waiting.TrySetResult(), stop.Token));
        await waiting.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        // After the wait it would have asked again.
        Assert.Single(cluster.Server.Requests);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
