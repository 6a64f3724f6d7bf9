using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using KubeSa.Contract.Replay;
using KubeSa.Sandbox;
using Xunit;

namespace KubeSa.Contract.Parts;

/// <summary>What the replay cannot hold against the recordings, because the sandbox differs on purpose.</summary>
public sealed class SandboxDiscoveryTests
{
    private static readonly string[] NotServed = ["/flagz", "/logs", "/metrics", "/metrics/slis", "/statusz"];

    // Left out by the distribution of the recorded server.
    private static readonly string[] EtcdReadiness = ["/readyz/etcd", "/readyz/etcd-readiness"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("legacy", "1.20")]
    [InlineData("modern", "1.36")]
    public async Task Lists_of_the_recorded_groups_those_it_has_something_of(string scenario, string version)
    {
        var recorded = Recorded(version, "02-02").Response!["body"]!["groups"]!.AsArray().ToDictionary(g => (string)g!["name"]!, g => g!);

        var groups = JsonNode.Parse(await GetAsync(scenario, "/apis"))!["groups"]!.AsArray();

        var names = groups.Select(g => (string)g!["name"]!).ToList();
        Assert.Equal(recorded.Keys.Where(names.Contains), names);
        foreach (var group in groups)
        {
            var theirs = recorded[(string)group!["name"]!];
            var versions = group["versions"]!.AsArray().Select(v => v!.ToJsonString()).ToList();
            Assert.Equal(theirs["versions"]!.AsArray().Select(v => v!.ToJsonString()).Where(versions.Contains), versions);
            Assert.Equal(theirs["preferredVersion"]!.ToJsonString(), group["preferredVersion"]!.ToJsonString());
        }

        string[] needed = ["apps", "authentication.k8s.io", "authorization.k8s.io", "batch", "rbac.authorization.k8s.io"];
        Assert.Empty(needed.Except(names));
    }

    // kubectl asks for a version without resources again and again.
    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task Has_resources_in_every_version_it_lists(string scenario)
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Scenario = scenario, BareCluster = true }, Stop);
        using var identities = new Identities(server);
        var groups = JsonNode.Parse(await identities.Admin.GetStringAsync("/apis", Stop))!["groups"]!.AsArray();

        foreach (var version in groups.SelectMany(g => g!["versions"]!.AsArray()).Select(v => (string)v!["groupVersion"]!))
        {
            var list = JsonNode.Parse(await identities.Admin.GetStringAsync($"/apis/{version}", Stop))!;
            Assert.True(list["resources"]!.AsArray().Count > 0, version);
        }
    }

    [Theory]
    [InlineData("legacy", "1.20")]
    [InlineData("modern", "1.36")]
    public async Task Lists_of_the_recorded_paths_those_it_serves(string scenario, string version)
    {
        var recorded = PathsOf(Recorded(version, "02-20").Response!["body"]!);

        var paths = PathsOf(JsonNode.Parse(await GetAsync(scenario, "/"))!);

        Assert.Equal(paths.Order(StringComparer.Ordinal), paths);
        // The recording leaves the many hooks out.
        Assert.Empty(paths.Where(p => !p.Contains("/poststarthook/", StringComparison.Ordinal)).Except(recorded).Except(EtcdReadiness));
        Assert.DoesNotContain(paths, NotServed.Contains);
        Assert.All(recorded.Except(paths).Except(NotServed), p => Assert.StartsWith("/apis/", p));
    }

    [Fact]
    public async Task Every_listed_path_leads_somewhere()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { BareCluster = true }, Stop);
        using var identities = new Identities(server);

        foreach (var path in PathsOf(JsonNode.Parse(await identities.Admin.GetStringAsync("/", Stop))!).Where(p => p != "/openapi/v3/"))
        {
            using var response = await identities.Admin.GetAsync(path, Stop);
            Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode}");
        }
    }

    [Fact]
    public async Task Is_ready_with_the_checks_of_etcd_that_the_recorded_server_left_out()
    {
        var recorded = (string)Recorded("1.36", "03-03").Response!["text"]!;

        var report = await GetAsync("modern", "/readyz?verbose");

        Assert.Equal(recorded, report.Replace("[+]etcd ok\n[+]etcd-readiness ok\n", "", StringComparison.Ordinal));
        Assert.Contains("[+]log ok\n[+]etcd ok\n[+]etcd-readiness ok\n[+]informer-sync ok\n", report);
    }

    [Fact]
    public async Task Does_not_send_aggregated_discovery_again_to_who_has_it()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { BareCluster = true }, Stop);
        using var identities = new Identities(server);
        using var first = await identities.Admin.SendAsync(Aggregated(null), Stop);
        using var again = await identities.Admin.SendAsync(Aggregated(first.Headers.ETag), Stop);

        Assert.Equal(200, (int)first.StatusCode);
        Assert.Equal(304, (int)again.StatusCode);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
    }

    [Theory]
    [InlineData("modern", true)]
    [InlineData("legacy", false)]
    public async Task Tells_clients_whether_it_looks_for_unknown_fields_itself(string scenario, bool does)
    {
        var document = JsonNode.Parse(await GetAsync(scenario, "/openapi/v2"))!;

        var patch = document["paths"]!["/api/v1/namespaces/{namespace}/serviceaccounts/{name}"]!["patch"]!;

        Assert.Equal("ServiceAccount", (string?)patch["x-kubernetes-group-version-kind"]!["kind"]);
        Assert.Equal(does, patch["parameters"]!.AsArray().Any(p => (string?)p!["name"] == "fieldValidation"));
    }

    [Fact]
    public async Task Says_where_the_OpenAPI_document_of_every_version_is()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { BareCluster = true }, Stop);
        using var identities = new Identities(server);
        var versions = JsonNode.Parse(await identities.Admin.GetStringAsync("/openapi/v3", Stop))!["paths"]!.AsObject();

        foreach (var (name, version) in versions)
        {
            var document = JsonNode.Parse(await identities.Admin.GetStringAsync((string)version!["serverRelativeURL"]!, Stop))!;
            Assert.True(document["paths"]!.AsObject().All(p => p.Key.StartsWith($"/{name}/", StringComparison.Ordinal)), name);
        }

        Assert.Contains("api/v1", versions.Select(v => v.Key));
        Assert.Contains("apis/apps/v1", versions.Select(v => v.Key));
    }

    private static Recording Recorded(string version, string place) => Recording.Of(version).Single(r => r.Place == place);

    private static HttpRequestMessage Aggregated(EntityTagHeaderValue? known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/apis");
        request.Headers.TryAddWithoutValidation("Accept", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json");
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return request;
    }

    private static async Task<string> GetAsync(string scenario, string path)
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Scenario = scenario, BareCluster = true }, Stop);
        using var identities = new Identities(server);
        return await identities.Admin.GetStringAsync(path, Stop);
    }

    private static List<string> PathsOf(JsonNode document) => [.. document["paths"]!.AsArray().Select(p => (string)p!)];
}
