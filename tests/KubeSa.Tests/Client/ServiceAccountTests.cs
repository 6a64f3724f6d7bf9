using KubeSa.Api;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

public sealed class ServiceAccountTests
{
    [Fact]
    public async Task Reads_an_account_as_the_bearer_of_the_token_under_our_own_name()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok("""
            {"kind":"ServiceAccount","apiVersion":"v1","metadata":{"name":"builder","namespace":"team-a","uid":"u1","resourceVersion":"7",
             "creationTimestamp":"2026-01-02T03:04:05Z","labels":{"app":"ci"},"annotations":{"owner":"ü"}},
             "secrets":[{"name":"s1"},{"name":"s2"}],"imagePullSecrets":[{"name":"registry"}],"automountServiceAccountToken":false}
            """));
        var account = await cluster.Connect().GetServiceAccountAsync("team-a", "builder", cluster.Call);

        var request = Assert.Single(cluster.Server.Requests);
        Assert.Equal(("GET", "/api/v1/namespaces/team-a/serviceaccounts/builder"), (request.Method, request.Path));
        Assert.Equal($"Bearer {WireCluster.Token}", request.Header("Authorization"));
        Assert.StartsWith("KubeSa/", request.Header("User-Agent"), StringComparison.Ordinal);
        Assert.Equal(("team-a", "builder", "u1", "7"), (account.Namespace, account.Name, account.Uid, account.ResourceVersion));
        Assert.Equal(["s1", "s2"], account.MountableSecrets);
        Assert.Equal(["registry"], account.ImagePullSecrets);
        Assert.False(account.AutomountToken);
        Assert.Equal("ci", account.Labels["app"]);
        Assert.Equal("ü", account.Annotations["owner"]);
        Assert.Equal(DateTimeKind.Local, account.CreationTimestamp!.Value.Kind);
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), account.CreationTimestamp.Value.ToUniversalTime());
    }

    [Fact]
    public async Task Creates_an_account_with_all_that_was_asked_for()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("team-a", "billing") with { Status = 201 });
        var made = await cluster.Connect().CreateServiceAccountAsync(
            new ServiceAccountSpec("team-a", "billing")
            {
                Labels = new Dictionary<string, string> { ["app"] = "pay" },
                ImagePullSecrets = ["registry"],
                AutomountToken = false,
            },
            cluster.Call);

        var request = Assert.Single(cluster.Server.Requests);
        Assert.Equal(("POST", "/api/v1/namespaces/team-a/serviceaccounts"), (request.Method, request.Path));
        Assert.Contains("\"labels\":{\"app\":\"pay\"}", request.Body, StringComparison.Ordinal);
        Assert.Contains("\"imagePullSecrets\":[{\"name\":\"registry\"}]", request.Body, StringComparison.Ordinal);
        Assert.Contains("\"automountServiceAccountToken\":false", request.Body, StringComparison.Ordinal);
        Assert.Equal("billing", made.Name);
    }

    [Fact]
    public async Task Names_a_missing_account_a_missing_namespace_and_one_that_exists_already()
    {
        await using var cluster = new WireCluster(request => request.Method == "GET"
            ? WireReply.Failure(404, "NotFound", "serviceaccounts \"nope\" not found", """{"name":"nope","kind":"serviceaccounts"}""")
            : request.Path.Contains("/gone/", StringComparison.Ordinal)
                ? WireReply.Failure(404, "NotFound", "namespaces \"gone\" not found", """{"name":"gone","kind":"namespaces"}""")
                : WireReply.Failure(409, "AlreadyExists", "serviceaccounts \"billing\" already exists", """{"name":"billing","kind":"serviceaccounts"}"""));
        var api = cluster.Connect();

        await Fails(FailureKind.ServiceAccountNotFound, "default/nope", () => api.GetServiceAccountAsync("default", "nope", cluster.Call));
        await Fails(FailureKind.NamespaceNotFound, "gone", () => api.CreateServiceAccountAsync(new ServiceAccountSpec("gone", "x"), cluster.Call));
        await Fails(FailureKind.ServiceAccountAlreadyExists, "team-a/billing", () => api.CreateServiceAccountAsync(new ServiceAccountSpec("team-a", "billing"), cluster.Call));
    }

    private static async Task Fails(FailureKind kind, string target, Func<Task> work)
    {
        var failure = await Assert.ThrowsAsync<KubeApiException>(work);
        Assert.Equal((kind, target), (failure.Kind, failure.Target));
    }
}
