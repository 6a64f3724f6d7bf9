using System.Buffers;
using System.Text.Json;

namespace KubeSa.Diagnosis;

/// <summary>
/// Takes every null out of JSON: so a null that stands where a value must be is caught as what is missing, in arrays,
/// too, and one that stands for a default becomes it.
/// </summary>
internal static class JsonNulls
{
    internal static ReadOnlySpan<byte> Remove(JsonElement root)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Copy(root, writer);
        }

        return buffer.WrittenSpan;
    }

    private static void Copy(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null))
                {
                    writer.WritePropertyName(property.Name);
                    Copy(property.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray().Where(i => i.ValueKind != JsonValueKind.Null))
                {
                    Copy(item, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
