using KubeSa.Api;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

public sealed class ServiceAccountChangeTests
{
    [Fact]
    public async Task Sends_one_merge_patch_with_what_was_asked_for()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("team-a", "web"));
        await cluster.Connect().ChangeServiceAccountAsync(
            new ServiceAccountChange("team-a", "web")
            {
                Uid = "u-web",
                Labels = new Dictionary<string, string?> { ["app"] = "x", ["old"] = null },
                ImagePullSecrets = [],
                ChangesAutomountToken = true,
            },
            cluster.Call);
        var request = Assert.Single(cluster.Server.Requests);
        Assert.Equal(("PATCH", "/api/v1/namespaces/team-a/serviceaccounts/web"), (request.Method, request.Path));
        Assert.StartsWith("application/merge-patch+json", request.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal("""{"metadata":{"uid":"u-web","labels":{"app":"x","old":null}},"imagePullSecrets":[],"automountServiceAccountToken":null}""", request.Body);
    }

    [Fact]
    public void Is_for_the_very_account_that_it_was_held_against() => Assert.Equal(
        "u-web",
        new ServiceAccountChange("team-a", "web") { ImagePullSecrets = ["login"] }
            .Against(new ServiceAccount { Namespace = "team-a", Name = "web", Uid = "u-web" }).Uid);

    [Fact]
    public async Task Deletes_the_very_account_that_was_read()
    {
        await using var cluster = new WireCluster(request => request.Method == "GET"
            ? WireReply.Account("team-a", "web")
            : WireReply.Ok("""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success"}"""));
        var api = cluster.Connect();
        await api.DeleteServiceAccountAsync(await api.GetServiceAccountAsync("team-a", "web", cluster.Call), cluster.Call);
        var request = cluster.Server.Requests[1];
        Assert.Equal(("DELETE", "/api/v1/namespaces/team-a/serviceaccounts/web"), (request.Method, request.Path));
        Assert.Contains("\"preconditions\":{\"uid\":\"u-web\"}", request.Body, StringComparison.Ordinal);
    }
}
