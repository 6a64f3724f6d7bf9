using KubeSa.Api;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Resources are found by all names that people use, over all versions that the server has.</summary>
public sealed class DiscoveryTests
{
    private const string Core = """
        {"kind":"APIResourceList","groupVersion":"v1","resources":[
         {"name":"pods","singularName":"","namespaced":true,"kind":"Pod","verbs":["get","list"],"shortNames":["po"]},
         {"name":"pods/log","singularName":"","namespaced":true,"kind":"Pod","verbs":["get"]},
         {"name":"nodes","singularName":"","namespaced":false,"kind":"Node","verbs":["get","list"],"shortNames":["no"]},
         {"name":"events","singularName":"","namespaced":true,"kind":"Event","verbs":["list"],"shortNames":["ev"]}]}
        """;

    private const string Groups = """
        {"kind":"APIGroupList","apiVersion":"v1","groups":[
         {"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}],"preferredVersion":{"groupVersion":"apps/v1","version":"v1"}},
         {"name":"batch","versions":[{"groupVersion":"batch/v1","version":"v1"},{"groupVersion":"batch/v1beta1","version":"v1beta1"}],"preferredVersion":{"groupVersion":"batch/v1","version":"v1"}},
         {"name":"events.k8s.io","versions":[{"groupVersion":"events.k8s.io/v1","version":"v1"}],"preferredVersion":{"groupVersion":"events.k8s.io/v1","version":"v1"}},
         {"name":"metrics.k8s.io","versions":[{"groupVersion":"metrics.k8s.io/v1","version":"v1"}],"preferredVersion":{"groupVersion":"metrics.k8s.io/v1","version":"v1"}}]}
        """;

    private const string Aggregated = """
        {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[
         {"metadata":{"name":"apps"},"versions":[{"version":"v1","resources":[
           {"resource":"deployments","responseKind":{"group":"","version":"","kind":"Deployment"},"scope":"Namespaced","singularResource":"deployment","verbs":["get","list"],"shortNames":["deploy"],
            "subresources":[{"subresource":"scale","verbs":["get"]}]}],"freshness":"Current"}]},
         {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1","freshness":"Stale"}]}]}
        """;

    private const string AggregatedCore = """
        {"kind":"APIGroupDiscoveryList","items":[{"metadata":{},"versions":[{"version":"v1","resources":[
          {"resource":"pods","responseKind":{"kind":"Pod"},"scope":"Namespaced","singularResource":"pod","verbs":["get"],"subresources":[{"subresource":"log","verbs":["get"]}]},
          {"resource":"nodes","responseKind":{"kind":"Node"},"scope":"Cluster","singularResource":"node","verbs":["get"]}]}]}]}
        """;

    private static WireReply Old(WireRequest request) => request.Path switch
    {
        "/api" => WireReply.Ok("""{"kind":"APIVersions","versions":["v1"]}"""),
        "/api/v1" => WireReply.Ok(Core),
        "/apis" => WireReply.Ok(Groups),
        "/apis/apps/v1" => List("""{"name":"deployments","singularName":"","namespaced":true,"kind":"Deployment","verbs":["get"],"shortNames":["deploy"]},{"name":"deployments/scale","namespaced":true,"kind":"Scale","verbs":["get"]}"""),
        "/apis/batch/v1" => List("""{"name":"jobs","singularName":"","namespaced":true,"kind":"Job","verbs":["get"]}"""),
        "/apis/batch/v1beta1" => List("""{"name":"cronjobs","singularName":"","namespaced":true,"kind":"CronJob","verbs":["get"],"shortNames":["cj"]}"""),
        "/apis/events.k8s.io/v1" => List("""{"name":"events","singularName":"","namespaced":true,"kind":"Event","verbs":["list"],"shortNames":["ev"]},{"name":"deploy","singularName":"","namespaced":true,"kind":"Deploy","verbs":["list"]}"""),
        _ => WireReply.Failure(503, "ServiceUnavailable", "the server is currently unable to handle the request"),
    };

    private static WireReply New(WireRequest request) =>
        request.Header("Accept")?.Contains("as=APIGroupDiscoveryList", StringComparison.Ordinal) == true
            ? WireReply.Ok(request.Path == "/api" ? AggregatedCore : Aggregated)
            : Old(request);

    [Theory]
    [InlineData("pods", "pods v1 namespaced")]
    [InlineData("po", "pods v1 namespaced")]
    [InlineData("POD", "pods v1 namespaced")]
    [InlineData("Node", "nodes v1 cluster")]
    [InlineData("deployments.apps", "deployments.apps v1 namespaced")]
    [InlineData("deployments.v1.apps", "deployments.apps v1 namespaced")]
    [InlineData("deployments.v9.apps", null)]
    [InlineData("Deployment.apps", "deployments.apps v1 namespaced")]
    [InlineData("deploy.app", "deployments.apps v1 namespaced")]
    [InlineData("cronjobs", "cronjobs.batch v1beta1 namespaced")]
    [InlineData("cj", "cronjobs.batch v1beta1 namespaced")]
    [InlineData("CronJob.batch", "cronjobs.batch v1beta1 namespaced")]
    [InlineData("cronjobs.v1beta1.batch", "cronjobs.batch v1beta1 namespaced")]
    [InlineData("events", "events v1 namespaced")]
    [InlineData("events.events", "events.events.k8s.io v1 namespaced")]
    [InlineData("deploy", "deploy.events.k8s.io v1 namespaced")]
    [InlineData("pods.apps", null)]
    [InlineData("pods/log", "pods v1 namespaced")]
    [InlineData("log", null)]
    public async Task A_resource_is_found_by_its_names_in_all_versions(string text, string? found)
    {
        await using var cluster = new WireCluster(Old);
        var lookup = await cluster.Connect().FindResourceAsync(ResourceArgument.Parse(text), cluster.Call);
        Assert.Equal(found, Told(lookup.Resource));
        if (found is null)
        {
            // One group's server is down: what is not found may be there.
            Assert.Null(lookup.Exists);
            Assert.Contains("metrics.k8s.io", lookup.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_aggregated_form_needs_two_requests_and_tells_subresources_and_whose_server_is_down()
    {
        await using var cluster = new WireCluster(New);
        var api = cluster.Connect();
        var deployments = (await api.FindResourceAsync(ResourceArgument.Parse("deploy"), cluster.Call)).Resource!;
        Assert.Equal("deployments.apps v1 namespaced", Told(deployments));
        Assert.Equal(["scale"], deployments.Subresources);
        Assert.Equal("nodes v1 cluster", Told((await api.FindResourceAsync(ResourceArgument.Parse("node"), cluster.Call)).Resource));
        Assert.Equal(["/api", "/apis"], cluster.Server.Requests.Select(request => request.Path).Order());
        Assert.Contains("metrics.k8s.io/v1", (await api.FindResourceAsync(ResourceArgument.Parse("gadgets"), cluster.Call)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_is_asked_for_anew_for_it_may_have_come_meanwhile()
    {
        var core = Core;
        await using var cluster = new WireCluster(request => request.Path switch
        {
            "/apis" => WireReply.Ok("""{"kind":"APIGroupList","groups":[]}"""),
            "/api/v1" => WireReply.Ok(Volatile.Read(ref core)),
            _ => Old(request),
        });
        var api = cluster.Connect();
        Assert.False((await api.FindResourceAsync(ResourceArgument.Parse("gadgets"), cluster.Call)).Exists);
        Volatile.Write(ref core, Core.Replace("nodes", "gadgets", StringComparison.Ordinal));
        Assert.True((await api.FindResourceAsync(ResourceArgument.Parse("gadgets"), cluster.Call)).Exists);
        var before = cluster.Server.Requests.Count;
        Assert.True((await api.FindResourceAsync(ResourceArgument.Parse("gadgets"), cluster.Call)).Exists);
        Assert.Equal(before, cluster.Server.Requests.Count);
    }

    [Fact]
    public async Task Who_may_not_look_is_told_so_and_not_that_it_is_missing()
    {
        await using var cluster = new WireCluster(_ => WireReply.Failure(403, "Forbidden", "forbidden: User \"jane\" cannot get path \"/api\""));
        var lookup = await cluster.Connect().FindResourceAsync(ResourceArgument.Parse("pods"), cluster.Call);
        Assert.Null(lookup.Exists);
        Assert.Contains("'jane' may not get /api", lookup.Problem, StringComparison.Ordinal);
    }

    private static WireReply List(string resources) => WireReply.Ok($$"""{"kind":"APIResourceList","resources":[{{resources}}]}""");

    private static string? Told(ApiResource? resource) =>
        resource is null ? null : $"{resource.FullName} {resource.Version} {(resource.Namespaced ? "namespaced" : "cluster")}";
}
