using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeSa.Diagnosis;

/// <summary>
/// Evidence as JSON, the form in which it leaves a pod, lies in a log and is attached to a ticket. What it looks like is
/// told in about_KubeSa_Evidence; what is written here is read here, by later versions, too.
/// </summary>
public static class EvidenceJson
{
    /// <summary>The name of the form. It changes only where older readers would take the new form wrongly.</summary>
    public const string Schema = "kubesa.evidence/1";

    // Evidence from anywhere: later arithmetic with its time must not run over.
    private const int FirstYear = 1970;
    private const int LastYear = 9000;

    // Reflection and no generated code: that sets init-only properties that are left out to null, and not to their defaults.
    private static readonly JsonSerializerOptions Compact = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false), new UtcTimeConverter(), new DurationConverter(), new ForeignTextConverter() },
    };

    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    /// <summary>Writes evidence, on one line or for people to read.</summary>
    public static string Write(AccessEvidence evidence, bool indented = false) =>
        JsonSerializer.Serialize(new EvidenceDocument { Schema = Schema, Evidence = evidence }, indented ? Indented : Compact);

    /// <summary>
    /// Reads evidence: the JSON itself, or a log with it between the markers. Fields that are not known are passed over,
    /// and null is the same as left out. FormatException, in words for the user, where it is none.
    /// </summary>
    public static AccessEvidence Read(string text)
    {
        var json = EvidenceMarkers.Find(text) ?? text;
        try
        {
            using var document = JsonDocument.Parse(json.Trim('\uFEFF', ' ', '\r', '\n', '\t'));
            RefuseOtherSchema(document.RootElement);
            var read = JsonSerializer.Deserialize<EvidenceDocument>(JsonNulls.Remove(document.RootElement), Compact)!.Evidence;
            return read.Clock.Year is >= FirstYear and <= LastYear
                ? read
                : throw new FormatException($"The evidence is of the year {read.Clock.Year}, which cannot be.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The library's message quotes no value, so nothing that was pasted by mistake comes back in an error.
            throw new FormatException($"The text is not evidence of KubeSa: {Shorten(e.Message)}", e);
        }
    }

    private static void RefuseOtherSchema(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema", out var schema) || schema.ValueKind != JsonValueKind.String)
        {
            throw new FormatException($"The text is not evidence of KubeSa: it is not a JSON object with \"schema\": \"{Schema}\".");
        }

        if (schema.GetString() != Schema)
        {
            throw new FormatException($"The evidence is of a schema that this version of KubeSa does not know; it reads {Schema}.");
        }
    }

    private static string Shorten(string message) => message.Split(" LineNumber:")[0].TrimEnd(' ', '|');

    private sealed record EvidenceDocument
    {
        public required string Schema { get; init; }

        public required AccessEvidence Evidence { get; init; }
    }
}
