using KubeSa.Api;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Row 17: watches of ours, which tell each change once and never end in silence.</summary>
public sealed class WatchTests : IAsyncLifetime
{
    private readonly WatchedCluster _cluster = new();

    public ValueTask InitializeAsync()
    {
        _cluster.Objects["a"] = ("u-a", 7);
        _cluster.Objects["b"] = ("u-b", 8);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Row_17_a_watch_lists_and_then_follows_from_the_version_of_the_list()
    {
        var watch = _cluster.Watch();
        Assert.Equal("Added a u-a 7; Added b u-b 8", await watch.NextAsync(2));
        _cluster.Say("ADDED", "c", 101);
        _cluster.Say("MODIFIED", "a", 102);
        _cluster.Say("DELETED", "b", 103);
        Assert.Equal("Added c u-c 101; Modified a u-a 102; Deleted b u-b 103", await watch.NextAsync(3));
        var asked = Assert.Single(_cluster.Watches).Path;
        Assert.Contains("resourceVersion=100&", asked, StringComparison.Ordinal);
        Assert.Contains("allowWatchBookmarks=true", asked, StringComparison.Ordinal);
        Assert.Matches(@"timeoutSeconds=\d+", asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row_17_a_watch_that_ends_goes_on_where_it_was_without_a_repeat(bool isBroken)
    {
        var watch = _cluster.Watch();
        await watch.NextAsync(2);
        _cluster.Say("MODIFIED", "a", 102);
        Assert.Equal("Modified a u-a 102", await watch.NextAsync(1));
        _cluster.EndWatch(isBroken);

        // A server may tell once more what it has told.
        _cluster.Say("MODIFIED", "a", 102);
        _cluster.Say("MODIFIED", "b", 103);
        Assert.Equal("Modified b u-b 103", await watch.NextAsync(1));
        Assert.Contains("resourceVersion=102&", _cluster.Watches.Last().Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_17_a_bookmark_says_how_far_the_watch_has_come()
    {
        var watch = _cluster.Watch();
        await watch.NextAsync(2);
        _cluster.SayLine("""{"type":"BOOKMARK","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"resourceVersion":"150"}}}""");
        _cluster.EndWatch();
        _cluster.Say("DELETED", "b", 151);
        Assert.Equal("Deleted b u-b 151", await watch.NextAsync(1));
        Assert.Contains("resourceVersion=150&", _cluster.Watches.Last().Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("an event")]
    [InlineData("an answer")]
    public async Task Row_17_a_version_that_is_too_old_is_a_new_list_compared_with_what_was_told(string how)
    {
        const string Expired = """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 100 (200)","reason":"Expired","code":410}""";
        _cluster.Objects["c"] = ("u-c", 9);
        var watch = _cluster.Watch();
        await watch.NextAsync(3);
        lock (_cluster.Objects)
        {
            _cluster.Objects.Remove("b");
            _cluster.Objects["a"] = ("u-a", 180);
            _cluster.Objects["c"] = ("u-other", 181);
            _cluster.Objects["d"] = ("u-d", 182);
            _cluster.Version = 200;
        }

        if (how == "an event")
        {
            _cluster.SayLine($$"""{"type":"ERROR","object":{{Expired}} }""");
            _cluster.EndWatch();
        }
        else
        {
            _cluster.Instead = (request, before) => before == 1 && request.Path.Contains("watch=true", StringComparison.Ordinal) ? new WireReply(410, Expired) : null;
            _cluster.EndWatch();
        }

        Assert.Equal("Modified a u-a 180; Deleted c u-c 9; Added c u-other 181; Added d u-d 182; Deleted b u-b 8", await watch.NextAsync(5));
        _cluster.Say("MODIFIED", "d", 201);
        Assert.Equal("Modified d u-d 201", await watch.NextAsync(1));
        Assert.Contains("resourceVersion=200&", _cluster.Watches.Last().Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_17_a_list_that_expires_between_its_pages_begins_again_and_is_asked_for_in_one_piece_in_the_end()
    {
        _cluster.Instead = (request, _) =>
            request.Path.Contains("watch=true", StringComparison.Ordinal) ? null
            : request.Path.Contains("continue=", StringComparison.Ordinal) ? WireReply.Failure(410, "Expired", "too old", metadata: """{"continue":"inconsistent"}""")
            : request.Path.Contains("limit=", StringComparison.Ordinal) ? _cluster.List("next") : null;
        var watch = _cluster.Watch();
        Assert.Equal("Added a u-a 7; Added b u-b 8", await watch.NextAsync(2));
        _cluster.SayLine($$"""{"type":"ADDED","object":{{WatchedCluster.Object("c", "u-c", 101)}} }""");
        Assert.Equal("Added c u-c 101", await watch.NextAsync(1));
        Assert.DoesNotContain(_cluster.Lists, list => list.Path.Contains("inconsistent", StringComparison.Ordinal));
        Assert.DoesNotContain("limit=", _cluster.Lists.Last().Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_17_a_server_that_has_gone_back_is_listed_again()
    {
        var watch = _cluster.Watch();
        await watch.NextAsync(2);
        lock (_cluster.Objects)
        {
            _cluster.Objects.Clear();
            _cluster.Objects["a"] = ("u-new", 3);
            _cluster.Version = 5;
        }

        _cluster.EndWatch(isBroken: true);
        Assert.Equal("Deleted a u-a 7; Added a u-new 3; Deleted b u-b 8", await watch.NextAsync(3));
    }

    [Fact]
    public async Task Row_17_a_connection_that_has_gone_silent_is_replaced()
    {
        _cluster.Timing = _cluster.Timing with { Period = TimeSpan.FromMilliseconds(100), Grace = TimeSpan.FromMilliseconds(10) };
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cluster.Instead = (request, before) =>
        {
            if (!request.Path.Contains("watch=true", StringComparison.Ordinal) || before > 0)
            {
                silent.TrySetResult();
                return null;
            }

            return WireReply.Ok(string.Empty) with
            {
                Raw = async (stream, stop) =>
                {
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), stop);
                    await Task.Delay(Timeout.Infinite, stop);
                },
            };
        };
        var watch = _cluster.Watch();
        await watch.NextAsync(2);
        _cluster.Say("MODIFIED", "a", 102);
        Assert.Equal("Modified a u-a 102", await watch.NextAsync(1));
        Assert.True(_cluster.Watches.Count() >= 2);
    }

    [Fact]
    public async Task Row_17_garbage_is_never_skipped_and_what_came_before_it_counts()
    {
        _cluster.Timing = _cluster.Timing with { Patience = TimeSpan.FromMilliseconds(100) };
        var watch = await FollowingAsync();
        _cluster.Instead = (request, _) => request.Path.Contains("watch=true", StringComparison.Ordinal) ? WireReply.Ok("<html>\n") : null;
        _cluster.Say("MODIFIED", "a", 102);
        _cluster.SayLine("<html>");
        Assert.Equal("Modified a u-a 102", await watch.NextAsync(1));
        var failure = await Assert.ThrowsAsync<KubeApiException>(watch.EndAsync);
        Assert.Equal(FailureKind.ProtocolError, failure.Kind);
    }

    [Fact]
    public async Task Row_17_an_object_that_cannot_be_read_is_told_and_takes_no_other_with_it()
    {
        var watch = _cluster.Watch();
        await watch.NextAsync(2);
        _cluster.SayLine("""{"type":"ADDED","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"x","namespace":"team-a","uid":"u-x"}}}""");
        _cluster.Say("MODIFIED", "b", 103);
        Assert.Equal("Modified b u-b 103", await watch.NextAsync(1));
        Assert.Equal(FailureKind.ProtocolError, Assert.Single(watch.Failures).Kind);
    }

    [Fact]
    public async Task Row_17_the_end_of_the_time_is_the_end_of_the_watch()
    {
        var watch = _cluster.Watch(TimeSpan.FromMilliseconds(300));
        Assert.Equal("Added a u-a 7; Added b u-b 8", await watch.EndAsync());
    }

    [Fact]
    public async Task Row_17_where_the_server_is_away_at_the_end_the_failure_says_so()
    {
        var watch = await FollowingAsync(TimeSpan.FromSeconds(6));
        _cluster.Instead = (_, _) => WireReply.Ok(string.Empty) with { Fault = WireFault.CloseBeforeAnswer };
        _cluster.EndWatch();
        var failure = await Assert.ThrowsAsync<KubeApiException>(watch.EndAsync);
        Assert.Equal(FailureKind.ConnectionReset, failure.Kind);
    }

    [Theory]
    [InlineData(403, "Forbidden", nameof(FailureKind.Forbidden))]
    [InlineData(401, "Unauthorized", nameof(FailureKind.Unauthorized))]
    public async Task Row_17_who_may_list_and_not_watch_is_told_at_once(int code, string reason, string kind)
    {
        _cluster.Instead = (request, _) => request.Path.Contains("watch=true", StringComparison.Ordinal) ? WireReply.Failure(code, reason, "no") : null;
        var watch = _cluster.Watch();
        await watch.NextAsync(2);
        var failure = await Assert.ThrowsAsync<KubeApiException>(watch.EndAsync);
        Assert.Equal(kind, failure.Kind.ToString());
        Assert.Single(_cluster.Watches);
    }

    [Fact]
    public async Task Row_17_a_refusal_in_the_middle_is_put_up_with_for_a_while_and_no_longer()
    {
        _cluster.Timing = _cluster.Timing with { Patience = TimeSpan.FromSeconds(1) };
        var watch = await FollowingAsync();
        var refuses = 3;
        _cluster.Instead = (request, _) => request.Path.Contains("watch=true", StringComparison.Ordinal) && refuses-- > 0 ? WireReply.Failure(403, "Forbidden", "not yet") : null;
        _cluster.EndWatch();
        _cluster.Say("MODIFIED", "a", 102);
        Assert.Equal("Modified a u-a 102", await watch.NextAsync(1));

        refuses = int.MaxValue;
        _cluster.EndWatch();
        Assert.Equal(FailureKind.Forbidden, (await Assert.ThrowsAsync<KubeApiException>(watch.EndAsync)).Kind);
    }

    /// <summary>A watch that has listed, and told one change since.</summary>
    private async Task<WatchedCluster.Watched> FollowingAsync(TimeSpan? limit = null)
    {
        var watch = _cluster.Watch(limit);
        await watch.NextAsync(2);
        _cluster.Say("MODIFIED", "b", 101);
        await watch.NextAsync(1);
        return watch;
    }

    [Fact]
    public async Task Row_17_what_the_server_does_not_let_watch_is_said_before_it_is_asked()
    {
        using var api = StubServer.Connect("{}");
        var resource = WatchedCluster.ConfigMaps with { Verbs = ["get", "list"] };
        var failure = await Assert.ThrowsAsync<KubeApiException>(async () =>
        {
            await foreach (var _ in api.WatchObjectsAsync(new ResourceWatch(new ResourceQuery(resource, null)), CallContext.None))
            {
            }
        });
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
    }
}
