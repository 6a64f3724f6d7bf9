using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubeSa.Client.Yaml;

/// <summary>Writes JSON as YAML, as people read and keep it. Text that YAML 1.1 or 1.2 could take for anything else stands in quotes.</summary>
internal static partial class YamlWriter
{
    internal static string Write(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };

        // No line is folded: what is long, such as a certificate, is copied as one.
        new YamlStream(new YamlDocument(Node(document.RootElement))).Save(new Emitter(text, new EmitterSettings().WithBestWidth(int.MaxValue)), assignAnchors: false);

        // The library ends a document with a line of dots, which nobody expects here.
        var yaml = text.ToString().Replace("\n...\n", "\n", StringComparison.Ordinal);

        // Whoever writes it somewhere ends it with a line end; only one that belongs to a block of text must stay.
        return yaml.Contains("|\n", StringComparison.Ordinal) ? yaml : yaml.TrimEnd('\n');
    }

    private static YamlNode Node(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Mapping(value),
        JsonValueKind.Array => Sequence(value),
        JsonValueKind.String => Text(value.GetString()!),
        JsonValueKind.Null => new YamlScalarNode("null"),
        _ => new YamlScalarNode(value.GetRawText()),
    };

    private static YamlMappingNode Mapping(JsonElement value)
    {
        var node = new YamlMappingNode(value.EnumerateObject().Select(field => KeyValuePair.Create<YamlNode, YamlNode>(Text(field.Name), Node(field.Value))));
        node.Style = node.Children.Count == 0 ? YamlDotNet.Core.Events.MappingStyle.Flow : YamlDotNet.Core.Events.MappingStyle.Block;
        return node;
    }

    private static YamlSequenceNode Sequence(JsonElement value)
    {
        var node = new YamlSequenceNode(value.EnumerateArray().Select(Node));
        node.Style = node.Children.Count == 0 ? YamlDotNet.Core.Events.SequenceStyle.Flow : YamlDotNet.Core.Events.SequenceStyle.Block;
        return node;
    }

    private static YamlScalarNode Text(string text) => new(text)
    {
        Style = Plain().IsMatch(text) && !Meaning().IsMatch(text) ? ScalarStyle.Plain
            : text.Contains('\n', StringComparison.Ordinal) && !text.EndsWith("\n\n", StringComparison.Ordinal) && Block().IsMatch(text) ? ScalarStyle.Literal
            : ScalarStyle.DoubleQuoted,
    };

    [GeneratedRegex(@"\A[A-Za-z_/][A-Za-z0-9_./@-]*(:[A-Za-z0-9_./@-]+)*\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(y|n|yes|no|on|off|true|false|null)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Meaning();

    // Several lines of what can be printed, none of which a block could not keep as it is.
    [GeneratedRegex(@"\A(?![ \t\n])([\x20-\x7E\u00A0-\uD7FF]*[\x21-\x7E\u00A1-\uD7FF])?(\n([\x20-\x7E\u00A0-\uD7FF]*[\x21-\x7E\u00A1-\uD7FF])?)*\n?\z")]
    private static partial Regex Block();
}
