using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeSa.Diagnosis;

/// <summary>
/// Durations in seconds, with a fraction: what any language writes and reads. None is negative, and none so long that
/// arithmetic with it runs over.
/// </summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    private const int LongestDays = 366;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var seconds = reader.GetDouble();
        return seconds >= 0 && seconds <= TimeSpan.FromDays(LongestDays).TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new JsonException($"A duration is a number of seconds from 0 to {LongestDays} days.");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((decimal)value.Ticks / TimeSpan.TicksPerSecond);
}
