using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeSa.Contract.Replay;

/// <summary>Writes JSON as the recording client typed it, with a space behind each comma and colon: error messages quote it.</summary>
internal static class SpacedJson
{
    public static string Text(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject obj:
                Join(text, '{', obj, '}', (t, member) =>
                {
                    Quote(t, member.Key);
                    t.Append(": ");
                    Write(t, member.Value);
                });
                break;
            case JsonArray array:
                Join(text, '[', array, ']', Write);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                Quote(text, value.GetValue<string>());
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void Join<T>(StringBuilder text, char open, IEnumerable<T> items, char close, Action<StringBuilder, T> write)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            text.Append(first ? "" : ", ");
            first = false;
            write(text, item);
        }

        text.Append(close);
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or > '~' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        text.Append('"');
    }
}
