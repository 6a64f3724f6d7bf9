using KubeSa.Api;
using KubeSa.Cmdlets;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

public sealed class TokenSecretWaitTests
{
    private const string Empty = """
        {"kind":"Secret","apiVersion":"v1","type":"kubernetes.io/service-account-token","metadata":{"name":"key","namespace":"team-a","uid":"u"} }
        """;

    [Fact]
    public async Task Says_what_is_left_where_nobody_fills_the_secret()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok(Empty));
        var failure = await WaitAsync(cluster, TimeSpan.FromMilliseconds(300));
        Assert.Equal((FailureKind.TimedOut, "team-a/key"), (failure.Kind, failure.Target));
        Assert.Contains("The Secret is still there", failure.Message, StringComparison.Ordinal);
        Assert.Contains(cluster.Notices, notice => notice is ProgressNotice);
    }

    [Fact]
    public async Task Says_that_the_server_deleted_the_secret_for_want_of_its_account()
    {
        await using var cluster = new WireCluster(request => request.Method == "POST"
            ? WireReply.Ok(Empty) with { Status = 201 }
            : WireReply.Failure(404, "NotFound", "secrets \"key\" not found", """{"name":"key","kind":"secrets"}"""));
        var failure = await WaitAsync(cluster, TimeSpan.FromSeconds(20));
        Assert.Equal(FailureKind.SecretNotFound, failure.Kind);
        Assert.Contains("service account team-a/app was removed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_the_secret_is_made_where_it_cannot_be_read()
    {
        await using var cluster = new WireCluster(request => request.Method == "POST"
            ? WireReply.Ok(Empty) with { Status = 201 }
            : WireReply.Failure(403, "Forbidden", "secrets \"key\" is forbidden: User \"u\" cannot get resource", """{"name":"key","kind":"secrets"}"""));
        var failure = await WaitAsync(cluster, TimeSpan.FromSeconds(20));
        Assert.Equal(FailureKind.Forbidden, failure.Kind);
        Assert.StartsWith("Secret team-a/key is made", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<KubeApiException> WaitAsync(WireCluster cluster, TimeSpan timeout)
    {
        var api = cluster.Connect();
        var made = await api.CreateTokenSecretAsync("key", new ServiceAccount { Namespace = "team-a", Name = "app" }, cluster.Call);
        return await Assert.ThrowsAsync<KubeApiException>(() => new TokenSecretWait(api, timeout).UntilFilledAsync(made, "app", cluster.Call));
    }
}
