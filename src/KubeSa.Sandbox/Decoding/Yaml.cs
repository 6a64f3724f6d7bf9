using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubeSa.Sandbox.Decoding;

/// <summary>YAML in and out; in between it is JSON.</summary>
internal static class Yaml
{
    /// <summary>The first document as JSON; throws FormatException for what is no YAML.</summary>
    public static byte[] ToJson(byte[] yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(Encoding.UTF8.GetString(yaml)));
            var node = stream.Documents.Count == 0 ? null : NodeOf(stream.Documents[0].RootNode);
            return node is null ? "null"u8.ToArray() : Json.ToUtf8(node);
        }
        catch (YamlException e)
        {
            throw new FormatException($"yaml: line {e.Start.Line}: {e.Message}", e);
        }
    }

    /// <summary>Block style with the keys in order, as kubectl shows objects.</summary>
    public static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        WriteNode(text, node, 0, inline: true);
        return text.ToString();
    }

    private static JsonNode? NodeOf(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(e => KeyValuePair.Create(((YamlScalarNode)e.Key).Value!, NodeOf(e.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(NodeOf)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new FormatException($"yaml: unsupported node {node.NodeType}"),
    };

    private static JsonValue? Plain(string value) => value switch
    {
        "" or "null" or "Null" or "NULL" or "~" => null,
        "true" or "True" or "TRUE" or "yes" or "on" => JsonValue.Create(true),
        "false" or "False" or "FALSE" or "no" or "off" => JsonValue.Create(false),
        _ when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && char.IsAsciiDigit(value[^1]) => JsonValue.Create(number),
        _ => JsonValue.Create(value),
    };

    private static void WriteNode(StringBuilder text, JsonNode? node, int indent, bool inline)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                WriteMap(text, map, indent, inline);
                break;
            case JsonArray { Count: > 0 } list:
                foreach (var item in list)
                {
                    text.Append(' ', indent).Append("- ");
                    WriteNode(text, item, indent + 2, inline: true);
                }

                break;
            default:
                text.Append(Scalar(node)).Append('\n');
                break;
        }
    }

    private static void WriteMap(StringBuilder text, JsonObject map, int indent, bool inline)
    {
        var first = inline;
        foreach (var (name, value) in map.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            text.Append(' ', first ? 0 : indent).Append(Quote(name)).Append(':');
            first = false;
            if (value is JsonObject { Count: > 0 })
            {
                text.Append('\n');
                WriteNode(text, value, indent + 2, inline: false);
            }
            else if (value is JsonArray { Count: > 0 })
            {
                text.Append('\n');
                WriteNode(text, value, indent, inline: false);
            }
            else
            {
                text.Append(' ');
                WriteNode(text, value, indent, inline: false);
            }
        }
    }

    private static string Scalar(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ when node.GetValueKind() == JsonValueKind.String => Quote(node.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    // Plain where a reader takes it for the same text, else as a JSON string, which is YAML too.
    private static string Quote(string value)
    {
        var isPlain = value.Length > 0
            && char.IsLetterOrDigit(value[0])
            && !value.EndsWith(' ')
            && value.All(c => char.IsLetterOrDigit(c) || "-_./ ()@,=+".Contains(c, StringComparison.Ordinal))
            && Plain(value)?.GetValueKind() == JsonValueKind.String
            && !DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        return isPlain ? value : JsonValue.Create(value).ToJsonString(Json.Relaxed);
    }
}
