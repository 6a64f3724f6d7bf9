using System.Diagnostics;
using KubeSa.Api;
using KubeSa.Client.Secrets;
using Xunit;
using static KubeSa.Tests.Offline.SecretTexts;

namespace KubeSa.Tests.Offline;

/// <summary>What is wrong with one Secret of a text is said of that one; the others are read, and none is left out silently.</summary>
public sealed class OneBadAppleTests
{
    private const string Good = "{kind: Secret, type: kubernetes.io/service-account-token, metadata: {name: NAME}}";

    /// <summary>The bad one stands as an item between two good ones, in YAML and JSON alike.</summary>
    public static TheoryData<string, string> BadItems => new()
    {
        { "null", "null" },
        { "text", "object" },
        { "7", "object" },
        { "{kind: Secret, metadata: text}", "'metadata'" },
        { "{kind: Secret, metadata: {name: [x]}}", "'name'" },
        { "{kind: [Secret]}", "'kind'" },
        { "{kind: Secret, type: {a: b}}", "'type'" },
        { "{kind: Secret, data: text}", "'data'" },
        { "{kind: Secret, data: {token: [x]}}", "'data'" },
        { "{kind: Secret, metadata: {labels: {a: {b: c}}}}", "'labels'" },
        { "{kind: Secret, metadata: {annotations: []}}", "'annotations'" },
        { "{kind: Secret, kind: Secret}", "twice" },
        { "{kind: Secret, data: {token: a, token: b}}", "twice" },
        { "{kind: List, items: text}", "'items'" },
    };

    [Theory]
    [MemberData(nameof(BadItems))]
    public void A_bad_item_is_said_and_the_others_are_read(string bad, string said)
    {
        var items = $"[{Named("a")}, {bad}, {Named("b")}]";
        foreach (var text in (string[])[$"kind: List\nitems: {items}\n", $"{{\"kind\": \"List\", \"items\": {ToJson(items)}}}"])
        {
            var read = Read(text).ToList();
            Assert.Equal(["a", null, "b"], read.Select(secret => secret.Name));
            Assert.Equal(FailureKind.InvalidSecret, read[1].Problem!.Kind);
            Assert.Contains(said, read[1].Problem!.Message, StringComparison.Ordinal);
            Assert.Throws<KubeApiException>(() => SecretDecoder.Decode(read[1], asPlainText: false, _ => { }));
        }
    }

    [Theory]
    [InlineData("{\"kind\":\"Secret\",\"metadata\":{\"name\":\"\\ud800\"}}")]
    [InlineData("{\"kind\":\"Secret\",\"metadata\":{\"\\udc00\":\"x\"}}")]
    [InlineData("{\"kind\":\"Secret\",\"data\":{\"token\":\"\\udfff\"}}")]
    public void Half_a_surrogate_pair_in_JSON_spoils_its_own_Secret_alone(string bad)
    {
        var read = Read($"{{\"kind\":\"List\",\"items\":[{AsJson("a")},{bad},{AsJson("b")}]}}").ToList();
        Assert.Equal(["a", null, "b"], read.Select(secret => secret.Name));
        Assert.Contains("Unicode", read[1].Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_damaged_where_nobody_looks_spoils_nothing() =>
        Assert.Equal("a", Names(AsJson("a", extra: "\"managedFields\":[{\"\\ud800\":\"\\ud800\"}],")));

    [Theory]
    [InlineData("kind: Secret\n\tdata: x\n")]
    [InlineData("kind: [Secret\n")]
    [InlineData("a: \"no end\n")]
    [InlineData("a: *unknown\n")]
    [InlineData("a: \"\\ud800\"\n")]
    [InlineData("a: \"\\UFFFFFFFF\"\n")]
    [InlineData("? [a, b]\n: c\n")]
    [InlineData("<<: text\nkind: Secret\n")]
    public void Documents_behind_a_damaged_one_of_YAML_are_read(string bad)
    {
        foreach (var text in (string[])[$"{Yaml("a")}---\n{bad}---\n{Yaml("b")}", $"{Yaml("a")}...\n# next\n---\n{bad}...\n%YAML 1.2\n---\n{Yaml("b")}"])
        {
            Assert.Equal(["a", null, "b"], Read(text).Select(secret => secret.Name));
            Assert.Equal(["a", null, "b"], Read(text.Replace("\n", "\r\n", StringComparison.Ordinal)).Select(secret => secret.Name));
        }
    }

    [Theory]
    [InlineData("{\"kind\":\"Secret\",")]
    [InlineData("{\"kind\":Secret}")]
    [InlineData("{\"a\":[1,\n  {\"b\":2},\n")]
    [InlineData("nonsense")]
    public void Documents_behind_a_damaged_one_of_JSON_are_read(string bad) =>
        Assert.Equal(["a", null, "b"], Read($"{AsJson("a")}\n{bad}\n{AsJson("b")}").Select(secret => secret.Name));

    [Fact]
    public void A_mapping_in_place_of_the_items_is_read_as_the_one() =>
        Assert.Equal("a", Names($"kind: List\nitems: {Named("a")}\n"));

    [Fact]
    public void A_hundred_damaged_documents_are_told_and_that_the_rest_is_not_read()
    {
        foreach (var bad in (string[])["---\n[\n", "{\"\n"])
        {
            // Long enough that reading on without end would take minutes.
            var watch = Stopwatch.StartNew();
            var read = Read((bad[0] == '{' ? "{}\n" : "--- {}\n") + string.Concat(Enumerable.Repeat(bad, 200_000))).ToList();
            Assert.Equal(102, read.Count);
            Assert.Contains("nothing from here on", read[^1].Problem!.Message, StringComparison.Ordinal);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        }
    }

    private static string Named(string name) => Good.Replace("NAME", name, StringComparison.Ordinal);

    // Flow YAML of plain words becomes JSON by quoting them.
    private static string ToJson(string flow) =>
        System.Text.RegularExpressions.Regex.Replace(flow, @"[A-Za-z][\w./-]*", match => match.Value == "null" ? "null" : $"\"{match.Value}\"");
}
