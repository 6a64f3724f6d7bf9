using System.Reflection;
using System.Text.RegularExpressions;
using KubeSa.Api;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>
/// The edges of the client library, by number: each has tests whose names begin with its row (Row_6_...). Those that fit
/// nowhere else stand here.
/// </summary>
public sealed partial class EdgeTests
{
    private static readonly IReadOnlyDictionary<int, string> Rows = new Dictionary<int, string>
    {
        [1] = "its check of certificates passes another host's name",
        [2] = "its exceptions carry the token and the body",
        [3] = "it reads bodies without a token to stop by",
        [4] = "its timeouts look like cancellations",
        [5] = "its synchronous methods block without a pump",
        [6] = "it does not escape names",
        [7] = "its models print the token",
        [8] = "it knows one mount path and one message for all that may be wrong there",
        [9] = "it finds IPv6 hosts by one way only",
        [10] = "it caches the token of a file, and sends an empty one",
        [11] = "it reads authorities once, and garbage as none",
        [12] = "it does not try again",
        [13] = "it goes through the environment's proxies everywhere, and not through the kubeconfig's",
        [14] = "it sends tokens over plain http and follows redirects",
        [15] = "it takes strangers' pages for JSON",
        [16] = "it leaves the pages of lists, and their expiry, to us",
        [17] = "its watches end in silence",
        [18] = "its deletes expect the object in the answer",
        [19] = "it reads kubeconfigs as kubectl does not",
        [20] = "it runs plugins twice, with broken arguments, and drops what they say",
        [21] = "it calls itself kubernetes-csharp",
        [22] = "its arguments change places from method to method",
        [23] = "its token reviews say no by null, and may echo the token",
        [24] = "servers grant tokens another lifetime than was asked for",
        [25] = "it loads slowly",
    };

    [Fact]
    public void Every_row_has_a_test_of_its_name()
    {
        var tested = typeof(EdgeTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(FactAttribute)))
            .SelectMany(method => RowName().Match(method.Name).Groups["row"].Captures.Select(c => int.Parse(c.Value, System.Globalization.CultureInfo.InvariantCulture)))
            .ToHashSet();
        Assert.Equal(Enumerable.Range(1, 25), Rows.Keys.Order());
        Assert.Empty(Rows.Where(row => !tested.Contains(row.Key)).Select(row => $"{row.Key}: {row.Value}"));
    }

    [Fact]
    public void Row_17_nothing_uses_the_watches_of_the_library()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "KubeSa.Client"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(sources);
        Assert.DoesNotContain(sources, file => WatchCall().IsMatch(File.ReadAllText(file)));
    }

    [Fact]
    public async Task Row_17_lists_are_asked_for_as_lists()
    {
        await using var cluster = new WireCluster(_ => WireReply.Accounts("team-a", ["a"]));
        await foreach (var page in cluster.Connect().ListServiceAccountsAsync(new ListQuery("team-a"), cluster.Call))
        {
            Assert.Single(page.Items);
        }

        Assert.DoesNotContain("watch=true", Assert.Single(cluster.Server.Requests).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","details":{"name":"x","kind":"serviceaccounts"}}""")]
    [InlineData("""{"kind":"ServiceAccount","apiVersion":"v1","metadata":{"name":"x","namespace":"default"}}""")]
    [InlineData("{}")]
    public async Task Row_18_a_delete_takes_whatever_success_the_server_answers(string body)
    {
        await using var cluster = new WireCluster(request => request.Method == "DELETE" ? WireReply.Ok(body) : WireReply.Account("default", "x"));
        var api = cluster.Connect();
        var account = await api.GetServiceAccountAsync("default", "x", cluster.Call);
        Assert.True(await api.DeleteServiceAccountAsync(account, cluster.Call));
        Assert.Equal("DELETE", cluster.Server.Requests[1].Method);
    }

    [Fact]
    public async Task Row_21_calls_itself_by_its_own_name_and_version()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        await cluster.Connect().GetServiceAccountAsync("default", "x", cluster.Call);
        Assert.Matches(@"^KubeSa/\d+\.\d+\.\d+$", cluster.Server.Requests[0].Header("User-Agent"));
    }

    [Fact]
    public async Task Row_24_tells_how_long_the_token_lives_that_was_granted_and_not_that_was_asked_for()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok("""
            {"kind":"TokenRequest","apiVersion":"authentication.k8s.io/v1","metadata":{},"spec":{"audiences":["a"],"expirationSeconds":86400},
             "status":{"token":"a.b.c","expirationTimestamp":"2031-02-03T04:05:06Z"}}
            """) with { Status = 201 });
        var token = await cluster.Connect().CreateTokenAsync(
            new TokenSpec("default", "x") { Duration = TimeSpan.FromHours(1) }, cluster.Call);
        Assert.IsType<WarningNotice>(Assert.Single(cluster.Notices));
        Assert.Equal(new DateTime(2031, 2, 3, 4, 5, 6, DateTimeKind.Utc), token.ExpiresAt.ToUniversalTime());
        Assert.Contains("\"expirationSeconds\":3600", cluster.Server.Requests[0].Body, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^Row(_(?<row>\d+))(_and_(?<row>\d+))*_")]
    private static partial Regex RowName();

    [GeneratedRegex(@"\bWatch(er)?(Async)?\s*[<(]|watch:\s*true|WithHttpMessages")]
    private static partial Regex WatchCall();
}
