using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeSa.Diagnosis;

/// <summary>Times in UTC in the text, so that it is the same wherever it is written, and local in objects, as users expect.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().LocalDateTime;

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToUniversalTime());
}
