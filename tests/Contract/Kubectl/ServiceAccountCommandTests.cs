using System.Text.Json.Nodes;
using Xunit;

namespace KubeSa.Contract.Kubectl;

/// <summary>Service accounts, as kubectl handles them.</summary>
public sealed class ServiceAccountCommandTests
{
    public static IEnumerable<TheoryDataRow<string?>> Kubectls() => KubectlProgram.Rows();

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Are_created_got_described_and_deleted(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl);

        Assert.Equal("serviceaccount/robot created", await session.ReadAsync("create serviceaccount robot -n team-a"));
        Assert.Equal("serviceaccount/robot", await session.ReadAsync("get sa robot -n team-a -o name"));
        Assert.Contains("Events:              <none>", await session.ReadAsync("describe serviceaccount robot -n team-a"));
        Assert.StartsWith("serviceaccount \"robot\" deleted", await session.ReadAsync("delete serviceaccount robot -n team-a"));
        Assert.Equal("Error from server (NotFound): serviceaccounts \"robot\" not found", await session.FailAsync("get sa robot -n team-a"));
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Come_in_every_format(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl);
        await session.ReadAsync("create serviceaccount robot");
        await session.ReadAsync("label serviceaccount robot tier=back");

        var json = JsonNode.Parse(await session.ReadAsync("get sa robot -o json"))!;
        var yaml = Replay.YamlTree.Parse(await session.ReadAsync("get sa robot -o yaml"));
        var wide = await session.ReadAsync("get sa robot -o wide");

        Assert.Equal("robot", (string?)json["metadata"]!["name"]);
        Assert.Equal("back", (string?)json["metadata"]!["labels"]!["tier"]);
        Assert.True(JsonNode.DeepEquals(Without(json, "resourceVersion"), Without(yaml!, "resourceVersion")));
        Assert.Matches(@"^NAME +(SECRETS +)?AGE\nrobot +", wide);
        Assert.Matches(@"LABELS\nrobot .* tier=back$", await session.ReadAsync("get sa robot --show-labels"));
        Assert.Equal("robot", await session.ReadAsync("get sa robot -o jsonpath={.metadata.name}"));
        Assert.Matches(@"^N +T\nrobot +back$", await session.ReadAsync("get sa robot -o custom-columns=N:.metadata.name,T:.metadata.labels.tier"));
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Are_listed_by_label_and_in_all_namespaces(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl);
        await session.ReadAsync("create serviceaccount robot -n team-b");
        await session.ReadAsync("label sa robot -n team-b tier=back");

        var all = await session.ReadAsync("get sa --all-namespaces -o custom-columns=N:.metadata.namespace,A:.metadata.name --no-headers");

        Assert.Equal("serviceaccount/robot", await session.ReadAsync("get sa -A -l tier=back -o name"));
        Assert.Equal("serviceaccount/robot", await session.ReadAsync("get sa -n team-b --field-selector metadata.name=robot -o name"));
        Assert.Contains(all.Split('\n'), l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["team-b", "robot"]);
        Assert.Contains(all.Split('\n'), l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["kube-system", "default"]);
        Assert.Equal(all, await session.ReadAsync("get sa -A --chunk-size=2 -o custom-columns=N:.metadata.namespace,A:.metadata.name --no-headers"));
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Are_applied_changed_and_left_alone(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl);
        const string Manifest = "apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: robot, labels: { app: one } }\nimagePullSecrets: [{ name: login }]\n";

        Assert.Equal("serviceaccount/robot created", await session.ReadAsync("apply -f -", Manifest));
        Assert.Equal("serviceaccount/robot unchanged", await session.ReadAsync("apply -f -", Manifest));
        Assert.Equal("serviceaccount/robot configured", await session.ReadAsync("apply -f -", Manifest.Replace("one", "two", StringComparison.Ordinal)));
        Assert.Equal("two login", await session.ReadAsync("get sa robot -o jsonpath={.metadata.labels.app}{'\\x20'}{.imagePullSecrets[0].name}"));
        Assert.StartsWith("serviceaccount/robot created", await session.ReadAsync("apply --dry-run=server -f - -n team-a", Manifest));
        Assert.StartsWith("Error from server (NotFound)", await session.FailAsync("get sa robot -n team-a"));
    }

    // From 1.25 on kubectl leaves unknown fields to the server, once the server's OpenAPI says that it looks for them.
    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task With_a_misspelt_field_are_refused(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl, sinceMinor: 25);

        var error = await session.FailAsync("create -f -", "apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: robot }\nimagePullSecret: []\n");

        Assert.Contains("strict decoding error: unknown field \"imagePullSecret\"", error);
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Are_waited_for_until_they_are_gone(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl);
        await session.ReadAsync("create serviceaccount robot");
        await session.ReadAsync("patch serviceaccount robot --type=merge -p {\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}");
        var deletion = session.ReadAsync("delete serviceaccount robot");
        var wait = session.ReadAsync("wait --for=delete serviceaccount/robot --timeout=30s");

        await session.ReadAsync("patch serviceaccount robot --type=json -p [{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]");

        Assert.StartsWith("serviceaccount \"robot\" deleted", await deletion);
        await wait;
        Assert.StartsWith("Error from server (NotFound)", await session.FailAsync("get sa robot"));
    }

    private static JsonNode Without(JsonNode obj, string field)
    {
        var copy = obj.DeepClone();
        copy["metadata"]!.AsObject().Remove(field);
        return copy;
    }
}
