using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace KubeSa.Analysis.Snapshot;

/// <summary>Snapshots as JSON, written and read as a stream: never is there a text of the whole.</summary>
internal static class SnapshotJson
{
    /// <summary>The name of the form. It changes only where older readers would take the new form wrongly.</summary>
    internal const string Schema = "kubesa.snapshot/1";

    // Later arithmetic with its times must not run over.
    private const int FirstYear = 1970;
    private const int LastYear = 9000;

    internal static Task WriteAsync(Stream stream, AccessSnapshot snapshot, CancellationToken stop) =>
        JsonSerializer.SerializeAsync(stream, SnapshotDocument.From(snapshot, Schema), Options(), stop);

    /// <summary>Reads it; FormatException, in words for the user, where it is none. Fields that are not known are passed over.</summary>
    internal static async Task<AccessSnapshot> ReadAsync(Stream stream, CancellationToken stop)
    {
        SnapshotDocument? document;
        try
        {
            document = await JsonSerializer.DeserializeAsync<SnapshotDocument>(stream, Options(), stop).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            // The library's message quotes no value, so nothing that was given by mistake comes back in an error.
            throw new FormatException($"it is not a snapshot of KubeSa: {failure.Message.Split(" LineNumber:")[0].TrimEnd(' ', '|')}", failure);
        }

        return document switch
        {
            null => throw new FormatException("it is empty."),
            { Schema: not Schema } => throw new FormatException($"it is of a schema that this version of KubeSa does not know; it reads {Schema}."),
            { TakenAt.Year: < FirstYear or > LastYear } => throw new FormatException("the time at which it was taken cannot be."),
            _ => document.ToSnapshot(),
        };
    }

    /// <summary>New each time, for they hold the texts of one snapshot.</summary>
    private static JsonSerializerOptions Options() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new PooledTextConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { SnapshotJsonRules.Apply } },
    };

    /// <summary>Each text once, as names of namespaces and accounts are in thousands of objects; half of a surrogate pair is not text.</summary>
    private sealed class PooledTextConverter : JsonConverter<string>
    {
        private readonly HashSet<string> _known = new(StringComparer.Ordinal);

        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new JsonException("A field is not a text.");
            }

            var text = Secrecy.SafeName.Of(reader.GetString()!);
            if (_known.TryGetValue(text, out var known))
            {
                return known;
            }

            _known.Add(text);
            return text;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Secrecy.SafeName.Of(reader.GetString()!);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
    }
}
