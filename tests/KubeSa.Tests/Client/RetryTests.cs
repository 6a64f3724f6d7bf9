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
        var notice = Assert.IsType<VerboseNotice>(Assert.Single(cluster.Notices));
        Assert.Contains("answered 429", notice.Message, StringComparison.Ordinal);
        Assert.Contains("1 s", notice.Message, StringComparison.Ordinal);
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
    public async Task Row_12_gives_up_after_three_tries_more()
    {
        await using var cluster = new WireCluster(_ => new WireReply(503, "down", "text/plain"));
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => cluster.Connect().GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal((FailureKind.ServerError, 503), (failure.Kind, failure.StatusCode));
        Assert.Equal(4, cluster.Server.Requests.Count);
    }

    [Fact]
    public async Task Row_12_does_not_wait_longer_than_the_call_may_take()
    {
        await using var cluster = new WireCluster(_ => Busy with { Headers = [("Retry-After", "3600")] });
        var watch = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => cluster.Connect().GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Equal((FailureKind.TooManyRequests, TimeSpan.FromHours(1)), (failure.Kind, failure.RetryAfter));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
        Assert.Single(cluster.Server.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Row_12_never_repeats_a_create(int status)
    {
        await using var cluster = new WireCluster(_ => Busy with { Status = status });
        await Assert.ThrowsAsync<KubeApiException>(
            () => cluster.Connect().CreateServiceAccountAsync(new ServiceAccountSpec("default", "x"), cluster.Call));
        Assert.Single(cluster.Server.Requests);
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
        Assert.Equal(3, cluster.Notices.OfType<VerboseNotice>().Count(n => n.Message.Contains("the connection failed", StringComparison.Ordinal)));
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
    public async Task Row_12_stops_waiting_when_it_is_stopped()
    {
        await using var cluster = new WireCluster(_ => Busy with { Headers = [("Retry-After", "15")] });
        using var stop = new CancellationTokenSource();
        var waiting = new TaskCompletionSource();
        var call = cluster.Connect().GetServiceAccountAsync("default", "x", new CallContext(_ => waiting.TrySetResult(), stop.Token));
        await waiting.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var pressed = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(pressed.Elapsed < TimeSpan.FromSeconds(3), $"It took {pressed.Elapsed}.");
    }
}
