using System.Globalization;
using KubeSa.Api;
using KubeSa.Client.Secrets;
using Xunit;
using static KubeSa.Tests.Offline.SecretTexts;

namespace KubeSa.Tests.Offline;

public sealed class SecretReaderTests
{
    [Fact]
    public void Reads_every_field_of_a_yaml_secret()
    {
        var secret = SecretTexts.Read(Yaml("cart-token")).Single();
        Assert.Equal(("Secret", "kubernetes.io/service-account-token", "shop", "cart-token", "s-1"),
            (secret.Kind, secret.Type, secret.Namespace, secret.Name, secret.Uid));
        Assert.Equal("cart", secret.Annotations["kubernetes.io/service-account.name"]);
        Assert.Equal("2026-11-23", secret.Labels["kubernetes.io/legacy-token-last-used"]);
        Assert.Equal(3, secret.Data.Count);
        Assert.Equal(new DateTime(2026, 11, 23, 19, 33, 34, DateTimeKind.Utc), secret.CreationTimestamp!.Value.ToUniversalTime());
    }

    [Fact]
    public void Reads_the_recorded_secrets_the_same_from_json_and_as_recorded()
    {
        foreach (var version in Recordings.Versions)
        {
            var secret = SecretTexts.Read(Recordings.Body(version, "20-04-before-secret-manual")).Single();
            Assert.Equal(("Secret", "team-a", "default-manual-token"), (secret.Kind, secret.Namespace, secret.Name));
            Assert.Equal("default", SecretDecoder.Decode(secret, true, _ => { }).ServiceAccount);
        }

        var listed = SecretTexts.Read(Recordings.Body("kubernetes-1.20", "10-01-secrets-by-type-all")).ToList();
        Assert.Equal(27, listed.Count);
        Assert.All(listed, s => Assert.Equal(("Secret", "kubernetes.io/service-account-token"), (s.Kind, s.Type)));
    }

    [Theory]
    [InlineData("{0}---\n{1}", "a,b")]
    [InlineData("---\n{0}...\n---\n# nothing\n---\n\n---\n{1}---\n", "a,b")]
    [InlineData("# about\n{0}--- # next\n{1}", "a,b")]
    [InlineData("\uFEFF{0}---\n{1}", "a,b")]
    public void Reads_many_yaml_documents(string form, string names)
    {
        var text = string.Format(CultureInfo.InvariantCulture, form, Yaml("a"), Yaml("b"));
        Assert.Equal(names, Names(text));
        Assert.Equal(names, Names(text.Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{0}{1}", "a,b")]
    [InlineData("{0}\n---\n{1}\n", "a,b")]
    [InlineData("[{0},{1}]", "a,b")]
    [InlineData("\uFEFF  [{0},[{1}]] ", "a,b")]
    [InlineData("{{\"kind\":\"List\",\"items\":[{0},{{\"kind\":\"List\",\"items\":[{1}]}}]}}", "a,b")]
    [InlineData("{{\"kind\":\"List\",\"items\":[]}}", "")]
    [InlineData("{{\"kind\":\"List\",\"items\":null}}", "")]
    [InlineData("[]", "")]
    public void Reads_many_json_documents(string form, string names) =>
        Assert.Equal(names, Names(string.Format(CultureInfo.InvariantCulture, form, AsJson("a"), AsJson("b"))));

    [Fact]
    public void Reads_lists_in_yaml_and_gives_the_items_of_a_secret_list_their_kind()
    {
        const string List = "kind: SecretList\nitems:\n- metadata: {name: a}\n- kind: ConfigMap\n  metadata: {name: b}\n";
        Assert.Equal(["Secret", "ConfigMap"], SecretTexts.Read(List).Select(s => s.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("---\n---\n")]
    [InlineData("# only a comment")]
    [InlineData("null")]
    public void Reads_nothing_where_there_is_nothing(string text) => Assert.Empty(SecretTexts.Read(text));

    [Fact]
    public void Follows_anchors_aliases_and_merges()
    {
        const string Text = """
            kind: List
            items:
            - &first
              kind: Secret
              metadata: {name: a, labels: &labels {x: "1", y: "2"}}
            - <<: *first
              metadata: {name: b, labels: {<<: *labels, y: "3"}}
            """;
        var secrets = SecretTexts.Read(Text).ToList();
        Assert.Equal(["Secret", "Secret"], secrets.Select(s => s.Kind));
        Assert.Equal(("1", "3"), (secrets[1].Labels["x"], secrets[1].Labels["y"]));
    }

    [Theory]
    [InlineData("{0}---\nkind: [SECRETVALUE\n", 21)]
    [InlineData("{0}---\nkind: Secret\n\tdata: SECRETVALUE\n", 20)]
    [InlineData("{0}---\n*SECRETVALUE\n", 20)]
    [InlineData("{0}---\nSECRETVALUE\n", 19)]
    [InlineData("{0}---\nkind: Secret\ndata: [SECRETVALUE]\n", 19)]
    [InlineData("{0}---\nkind: Secret\ndata: {{token: {{a: SECRETVALUE}}}}\n", 19)]
    public void Names_the_line_of_a_broken_yaml_document_after_those_before_it(string form, int line) =>
        AssertBroken(string.Format(CultureInfo.InvariantCulture, form, Yaml("a")), line);

    [Theory]
    [InlineData("{0}\n{{\"SECRETVALUE\":}}", 3)]
    [InlineData("{0}\n{{\n\"a\": SECRETVALUE", 4)]
    [InlineData("{0}\n\"SECRETVALUE\"", 3)]
    [InlineData("{0}\n{{\"metadata\":\"SECRETVALUE\"}}", 3)]
    [InlineData("{0}\n{{\"kind\":\"SECRETVALUE\\ud800\"}}", 3)]
    public void Names_the_line_of_a_broken_json_document_after_those_before_it(string form, int line) =>
        AssertBroken(string.Format(CultureInfo.InvariantCulture, form, AsJson("a")), line);

    private static void AssertBroken(string text, int line)
    {
        var read = SecretTexts.Read(text).ToList();
        Assert.Equal(["a", null], read.Select(secret => secret.Name));
        Assert.Null(read[0].Problem);
        var failure = read[1].Problem!;
        Assert.Equal(FailureKind.InvalidSecret, failure.Kind);
        Assert.Contains($"line {line}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRETVALUE", failure.ToString(), StringComparison.Ordinal);
    }
}
