using System.Text.Json.Nodes;
using KubeSa.Contract.Replay;
using KubeSa.Sandbox;
using KubeSa.Sandbox.Protobuf;
using KubeSa.Sandbox.Resources;
using Xunit;

namespace KubeSa.Contract.Kubectl;

/// <summary>Bodies that kubectl 1.33 sent, beside what it calls the same object in JSON (--dry-run=client -o json).</summary>
public sealed class ProtobufTests
{
    private static readonly string Bodies = Path.Combine(Recording.Directory, "..", "Kubectl", "Bodies");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string>> Names() =>
        Directory.GetFiles(Bodies, "*.json").Order().Select(f => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(f)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_read_as_the_JSON_that_kubectl_would_have_sent(string name)
    {
        var (body, expected) = Read(name);

        var json = JsonNode.Parse(ProtobufBody.ToJson(body)!)!;

        // Null and missing are the same to Go.
        Assert.True(JsonNode.DeepEquals(WithoutNulls(expected), WithoutNulls(json)), $"expected: {expected.ToJsonString()}\nread:     {json.ToJsonString()}");
    }

    [Fact]
    public async Task Is_taken_where_JSON_is()
    {
        var (body, _) = Read("service-account");

        var (status, answer) = await PostAsync("/api/v1/namespaces/default/serviceaccounts", body);

        Assert.Equal(201, status);
        Assert.Equal("cap-sa", (string?)answer["metadata"]!["name"]);
    }

    [Fact]
    public async Task Is_refused_when_a_field_is_not_in_the_table()
    {
        // Field 99 of a ServiceAccount: a string.
        var (status, answer) = await PostAsync(
            "/api/v1/namespaces/default/serviceaccounts", Envelope("v1", "ServiceAccount", [0x9a, 0x06, 0x01, (byte)'x']));

        Assert.Equal(415, status);
        Assert.Equal("UnsupportedMediaType", (string?)answer["reason"]);
    }

    [Fact]
    public async Task Is_refused_when_the_kind_is_not_in_the_table()
    {
        var (status, _) = await PostAsync("/api/v1/namespaces/default/serviceaccounts", Envelope("v1", "Gadget", []));

        Assert.Equal(415, status);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("k8s\0\n")]
    [InlineData("k8s\0\n\u0020abc")]
    public async Task Is_a_bad_request_when_it_is_broken(string body)
    {
        var (status, answer) = await PostAsync("/api/v1/namespaces/default/serviceaccounts", System.Text.Encoding.UTF8.GetBytes(body));

        Assert.Equal(400, status);
        Assert.StartsWith("the body of the request is not application/vnd.kubernetes.protobuf: ", (string?)answer["message"]);
    }

    [Fact]
    public void Keeps_a_false_that_says_something()
    {
        // automountServiceAccountToken (field 4) is a pointer in Go: false is not the same as unset.
        var json = JsonNode.Parse(ProtobufBody.ToJson(Envelope("v1", "ServiceAccount", [0x20, 0x00]))!)!;

        Assert.False((bool)json["automountServiceAccountToken"]!);
    }

    [Fact]
    public void Reads_times_to_the_second_and_to_the_microsecond()
    {
        // spec (2) of a Lease: acquireTime (3), a MicroTime of 1800000000 s and 5000 ns.
        byte[] time = [0x08, 0x80, 0xa4, 0xa7, 0xda, 0x06, 0x10, 0x88, 0x27];
        byte[] spec = [0x1a, (byte)time.Length, .. time];
        // metadata (1): deletionTimestamp (9), a Time of the same.
        byte[] metadata = [0x4a, (byte)time.Length, .. time];

        var json = JsonNode.Parse(ProtobufBody.ToJson(Envelope(
            "coordination.k8s.io/v1", "Lease", [0x0a, (byte)metadata.Length, .. metadata, 0x12, (byte)spec.Length, .. spec]))!)!;

        Assert.Equal("2027-01-15T08:00:00.000005Z", (string?)json["spec"]!["acquireTime"]);
        Assert.Equal("2027-01-15T08:00:00Z", (string?)json["metadata"]!["deletionTimestamp"]);
    }

    [Fact]
    public void Has_every_kind_that_can_be_created_in_the_newer_dialect()
    {
        var missing = new ResourceTypes(ServerVersion.Modern).All.Where(t => t.Verbs.Contains("create") && MessageTable.OfKind(t.ApiVersion, t.Kind) is null);

        Assert.Empty(missing);
    }

    [Fact]
    public void Has_every_message_that_another_one_names()
    {
        string[] simple = ["string", "bool", "int", "bytes", "time", "microTime", "intOrString", "quantity", "texts", "json"];
        var messages = MessageTable.All().SelectMany(m => m).ToList();
        var named = messages.SelectMany(m => m.Fields.Values).Select(f => f.Type).Except(simple).ToList();

        Assert.Empty(named.Except(messages.Select(m => m.Name)));
        Assert.Equal(messages.Count, messages.DistinctBy(m => m.Name).Count());
    }

    private static (byte[] Body, JsonNode Json) Read(string name)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(Bodies, $"{name}.json")))!;
        return (Convert.FromBase64String((string)file["body"]!), file["json"]!);
    }

    private static JsonNode? WithoutNulls(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(e => e.Value is not null).Select(e => KeyValuePair.Create(e.Key, WithoutNulls(e.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithoutNulls)]),
        _ => node?.DeepClone(),
    };

    private static byte[] Envelope(string apiVersion, string kind, byte[] raw)
    {
        byte[] Field(int number, byte[] bytes) => [(byte)((number << 3) | 2), (byte)bytes.Length, .. bytes];
        byte[] Text(int number, string text) => Field(number, System.Text.Encoding.UTF8.GetBytes(text));
        return [.. "k8s\0"u8, .. Field(1, [.. Text(1, apiVersion), .. Text(2, kind)]), .. Field(2, raw)];
    }

    private static async Task<(int Status, JsonNode Answer)> PostAsync(string path, byte[] body)
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { BareCluster = true }, Stop);
        using var identities = new Identities(server);
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", ProtobufBody.MediaType);
        using var response = await identities.Admin.PostAsync(path, content, Stop);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!);
    }
}
