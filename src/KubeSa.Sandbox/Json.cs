using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeSa.Sandbox;

/// <summary>JSON as the API server writes it: no needless escapes, no spaces.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>For ToJsonString: the same.</summary>
    public static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Indented = Compact with { Indented = true };

    /// <summary>With two spaces an indent, as for people.</summary>
    public static byte[] ToPrettyUtf8(JsonNode node) => ToUtf8(node, Indented);

    public static byte[] ToUtf8(JsonNode node) => ToUtf8(node, Compact);

    private static byte[] ToUtf8(JsonNode node, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            node.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The string at a path of property names, or null when any of them is missing or of another type.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = node is JsonObject obj ? obj[name] : null;
        }

        return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }

    /// <summary>The object under a name, made when it is missing or of another type.</summary>
    public static JsonObject Child(this JsonObject node, string name)
    {
        if (node[name] is JsonObject child)
        {
            return child;
        }

        child = [];
        node[name] = child;
        return child;
    }
}
