using System.Text.Json;
using KubeSa.Client.Resources;
using KubeSa.Client.Yaml;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>What is written as YAML is read back as the same values, by rules of YAML 1.1 as kubectl has them.</summary>
public sealed class YamlWriterTests
{
    public static TheoryData<string> Texts =>
    [
        "web", "", " ", "yes", "No", "on", "null", "~", "true", "1", "1.0", "0644", "0x1F", "1_000", "12:30:00", "2026-01-01", ".inf", "-", "---", "...",
        "a: b", "a:b", "a:", "a #b", "#a", "- a", "? a", "*", "&a", "!a", "|", ">", "%a", "@a", "`a", "{", "}", "[a]", "a,b", "'", "\"", "\\", "\t", "a\tb",
        "two\nlines", "two\nlines\n", "two\n\nlines\n\n", "\nfirst", " indented\nline", "trailing \nline", "\r\n", "a\rb", "bell\u0007", "\u0085", "\u2028", "\u202e", "\u00e9",
        "\ud83d\ude80", "system:serviceaccount:team-a:web", "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n", "=", "<<", "y", "N",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_stays_what_it_is(string text)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["value"] = text, [text.Length == 0 ? "empty" : text] = new[] { text } });
        Assert.Equal(Canonical(json), Canonical(ReadBack(json)));
    }

    [Theory]
    [InlineData("""{"a":1,"b":-1.5,"c":true,"d":null,"e":[],"f":{},"g":[[1],{"h":[]}]}""")]
    [InlineData("""{"deep":{"deep":{"deep":{"list":[{"a":"b","c":["d"]}]}}}}""")]
    public void Values_of_all_kinds_stay_what_they_are(string json) =>
        Assert.Equal(Canonical(System.Text.Encoding.UTF8.GetBytes(json)), Canonical(ReadBack(System.Text.Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void A_long_value_is_one_line()
    {
        var certificate = new string('A', 2000);
        Assert.Contains(certificate, YamlWriter.Write(JsonSerializer.SerializeToUtf8Bytes(new { data = certificate })), StringComparison.Ordinal);
    }

    private static byte[] ReadBack(byte[] json)
    {
        var manifest = Assert.Single(ManifestReader.Read(YamlWriter.Write(json), CancellationToken.None));
        Assert.Null(manifest.Problem);
        return manifest.Json;
    }

    private static string Canonical(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement);
    }
}
