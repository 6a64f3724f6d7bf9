using KubeSa.Api;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Row 16: lists page by page.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task Row_16_asks_for_pages_of_500_and_goes_on_to_the_end()
    {
        await using var cluster = new WireCluster(request => request.Path.Contains("continue=next", StringComparison.Ordinal)
            ? WireReply.Accounts("team-a", ["c"])
            : WireReply.Accounts("team-a", ["a", "b"], "next", 1));
        var pages = await Pages(cluster.Connect().ListServiceAccountsAsync(new ListQuery("team-a", "app=ci", "metadata.name!=z"), cluster.Call));
        Assert.Equal(["a,b", "c"], pages.Select(p => string.Join(',', p.Items.Select(a => a.Name))));
        Assert.Equal([1, 0], pages.Select(p => p.Remaining));
        Assert.Equal(
            "/api/v1/namespaces/team-a/serviceaccounts?fieldSelector=metadata.name%21%3Dz&labelSelector=app%3Dci&limit=500",
            Sorted(cluster.Server.Requests[0].Path));
    }

    [Fact]
    public async Task Row_16_lists_all_namespaces_by_one_request()
    {
        await using var cluster = new WireCluster(_ => WireReply.Accounts("team-a", ["a"]));
        await Pages(cluster.Connect().ListServiceAccountsAsync(new ListQuery(null), cluster.Call));
        Assert.StartsWith("/api/v1/serviceaccounts?", Assert.Single(cluster.Server.Requests).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_16_fetches_the_next_page_while_this_one_is_read()
    {
        await using var cluster = new WireCluster(request => request.Path.Contains("continue=next", StringComparison.Ordinal)
            ? WireReply.Accounts("team-a", ["b"])
            : WireReply.Accounts("team-a", ["a"], "next"));
        await using var pages = cluster.Connect().ListServiceAccountsAsync(new ListQuery("team-a"), cluster.Call).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await pages.MoveNextAsync());
        await Until(() => cluster.Server.Requests.Count == 2);
        Assert.Equal("a", pages.Current.Items[0].Name);
    }

    [Fact]
    public async Task Row_16_whoever_leaves_early_leaves_no_request_behind()
    {
        await using var cluster = new WireCluster(request => request.Path.Contains("continue=next", StringComparison.Ordinal)
            ? WireReply.Accounts("team-a", ["b"]) with { Fault = WireFault.StallBeforeAnswer }
            : WireReply.Accounts("team-a", ["a"], "next"));
        var pages = cluster.Connect().ListServiceAccountsAsync(new ListQuery("team-a"), cluster.Call).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await pages.MoveNextAsync());
        await Until(() => cluster.Server.Requests.Count == 2);
        await pages.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await cluster.Server.Abandoned.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Row_16_goes_on_with_the_token_that_comes_with_a_410()
    {
        await using var cluster = new WireCluster(request => Continue(request) switch
        {
            null => WireReply.Accounts("team-a", ["a", "b"], "old"),
            "old" => WireReply.Failure(410, "Expired", "too old", metadata: """{"continue":"fresh"}"""),
            "fresh" => WireReply.Accounts("team-a", ["c", "d"], "more"),
            _ => WireReply.Accounts("team-a", ["e"]),
        });
        var pages = await Pages(cluster.Connect().ListServiceAccountsAsync(new ListQuery("team-a"), cluster.Call));
        Assert.Equal("a,b,c,d,e", string.Join(',', pages.SelectMany(p => p.Items).Select(a => a.Name)));
    }

    [Fact]
    public async Task Row_16_begins_again_without_repeats_where_the_410_brings_no_token()
    {
        var expired = false;
        await using var cluster = new WireCluster(request =>
        {
            if (Continue(request) is null)
            {
                return expired ? WireReply.Accounts("team-a", ["a", "b", "c"], "fresh") : WireReply.Accounts("team-a", ["a", "b"], "old");
            }

            expired = true;
            return Continue(request) == "old" ? WireReply.Failure(410, "Expired", "too old") : WireReply.Accounts("team-a", ["d"]);
        });
        var pages = await Pages(cluster.Connect().ListServiceAccountsAsync(new ListQuery("team-a"), cluster.Call));
        Assert.Equal("a,b,c,d", string.Join(',', pages.SelectMany(p => p.Items).Select(a => a.Name)));
    }

    [Fact]
    public async Task Row_16_a_list_that_expires_for_ever_is_a_failure()
    {
        await using var cluster = new WireCluster(request => Continue(request) is null
            ? WireReply.Accounts("team-a", ["a"], "old")
            : WireReply.Failure(410, "Expired", "too old", metadata: """{"continue":"old"}"""));
        var failure = await Assert.ThrowsAsync<KubeApiException>(
            () => Pages(cluster.Connect().ListServiceAccountsAsync(new ListQuery("team-a"), cluster.Call)));
        Assert.Equal((FailureKind.ServerError, 410), (failure.Kind, failure.StatusCode));
    }

    [Fact]
    public async Task Lists_only_Secrets_that_hold_tokens()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok("""
            {"kind":"SecretList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"t","namespace":"team-a","annotations":{"kubernetes.io/service-account.name":"ci"}},
             "type":"kubernetes.io/service-account-token","data":{"namespace":"dGVhbS1h"}}]}
            """));
        var secret = default(SecretDocument);
        await foreach (var page in cluster.Connect().ListTokenSecretsAsync(new ListQuery("team-a", FieldSelector: "metadata.name=t"), cluster.Call))
        {
            secret = Assert.Single(page.Items);
        }

        Assert.Contains("fieldSelector=type%3Dkubernetes.io%2Fservice-account-token%2Cmetadata.name%3Dt", cluster.Server.Requests[0].Path, StringComparison.Ordinal);
        Assert.Equal(("Secret", "kubernetes.io/service-account-token", "team-a", "t"), (secret!.Kind, secret.Type, secret.Namespace, secret.Name));
        Assert.Equal("dGVhbS1h", secret.Data["namespace"]);
    }

    private static string? Continue(WireRequest request) =>
        request.Path.Split('?', '&').Where(p => p.StartsWith("continue=", StringComparison.Ordinal)).Select(p => p["continue=".Length..]).FirstOrDefault();

    private static string Sorted(string path)
    {
        var parts = path.Split('?', 2);
        return $"{parts[0]}?{string.Join('&', parts[1].Split('&').Order(StringComparer.Ordinal))}";
    }

    private static async Task<List<Page<ServiceAccount>>> Pages(IAsyncEnumerable<Page<ServiceAccount>> list)
    {
        var pages = new List<Page<ServiceAccount>>();
        await foreach (var page in list)
        {
            pages.Add(page);
        }

        return pages;
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
