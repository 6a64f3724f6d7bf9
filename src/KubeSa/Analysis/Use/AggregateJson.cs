using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KubeSa.Analysis.Use;

/// <summary>Writes an aggregate as one line of JSON, the form in which it is saved, sent and merged.</summary>
internal static class AggregateJson
{
    internal const string Kind = "AccessUseAggregate";

    /// <summary>The form; one that a later module writes has a higher number and is not read.</summary>
    internal const int Version = 1;

    /// <summary>The bytes of a remembered audit id: its hash, and the number of what it counted for.</summary>
    internal const int BytesOfId = 12;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(UseAggregate aggregate)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("kind", Kind);
            json.WriteNumber("version", Version);
            WriteCoverage(json, aggregate.Coverage);
            var numbers = WriteUses(json, aggregate);
            WriteIds(json, aggregate, numbers);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WriteCoverage(Utf8JsonWriter json, LogCoverage coverage)
    {
        json.WriteStartObject("coverage");
        json.WriteNumber("files", coverage.Files);
        json.WriteNumber("events", coverage.Events);
        json.WriteNumber("damaged", coverage.Damaged);
        json.WriteNumber("others", coverage.Others);
        json.WriteNumber("repeated", coverage.Repeated);
        json.WriteNumber("unauthenticated", coverage.Unauthenticated);
        json.WriteNumber("undecided", coverage.Undecided);
        json.WriteNumber("first", coverage.First);
        json.WriteNumber("last", coverage.Last);
        WriteNumbers(json, "hours", coverage.Hours.Numbers);
        json.WriteStartObject("levels");
        foreach (var (level, count) in coverage.Levels)
        {
            json.WriteNumber(level, count);
        }

        json.WriteEndObject();
        json.WriteBoolean("moreKinds", coverage.HasMoreKinds);
        json.WriteStartArray("kinds");
        foreach (var kind in coverage.Kinds.OrderBy(kind => (kind.Resource, kind.Subresource, kind.Group, kind.Verb)))
        {
            json.WriteStringValue($"{kind.Verb} {kind.Group} {kind.Resource} {kind.Subresource}");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static Dictionary<UseStats, int> WriteUses(Utf8JsonWriter json, UseAggregate aggregate)
    {
        var numbers = new Dictionary<UseStats, int>();
        json.WriteStartArray("uses");
        foreach (var (kind, named) in aggregate.Uses.OrderBy(use => Order(use.Key), StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("user", kind.User);
            json.WriteString("verb", kind.Verb);
            json.WriteString("group", kind.Group);
            json.WriteString("resource", kind.Resource);
            json.WriteString("subresource", kind.Subresource);
            json.WriteString("namespace", kind.Namespace);
            json.WriteBoolean("path", kind.IsPath);
            json.WriteBoolean("allowed", kind.IsAllowed);
            json.WriteString("origin", kind.Origin.ToString());
            json.WriteStartArray("names");
            foreach (var (name, stats) in named.ByName.OrderBy(use => use.Key, StringComparer.Ordinal))
            {
                numbers.Add(stats, numbers.Count);
                WriteStats(json, name, stats);
            }

            json.WriteEndArray();
            if (named.Others is { } others)
            {
                numbers.Add(others, numbers.Count);
                json.WritePropertyName("others");
                WriteStats(json, null, others);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        return numbers;
    }

    private static string Order(UseKind kind) =>
        string.Join('\0', kind.User, kind.Namespace, kind.Resource, kind.Subresource, kind.Group, kind.Verb, kind.IsPath, kind.IsAllowed, kind.Origin);

    private static void WriteStats(Utf8JsonWriter json, string? name, UseStats stats)
    {
        json.WriteStartObject();
        if (name is not null)
        {
            json.WriteString("name", name);
        }

        json.WriteNumber("count", stats.Count);
        json.WriteNumber("first", stats.First);
        json.WriteNumber("last", stats.Last);
        json.WriteNumber("legacy", stats.Legacy);
        json.WriteNumber("stale", stats.Stale);
        json.WriteString("sample", stats.Sample);
        WriteNumbers(json, "days", stats.Days.Numbers);
        json.WriteStartArray("sets");
        foreach (var set in stats.Sets())
        {
            json.WriteStartArray();
            json.WriteBooleanValue(set.HasMore);
            foreach (var text in set.Texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter json, UseAggregate aggregate, Dictionary<UseStats, int> numbers)
    {
        var written = new Dictionary<int, int>();
        var used = new List<Contribution>();
        var shortIds = Bytes(aggregate.Short);
        var longIds = Bytes(aggregate.Long);
        json.WriteStartArray("contributions");
        foreach (var contribution in used)
        {
            json.WriteStartArray();
            json.WriteBooleanValue(contribution.IsLegacy);
            json.WriteBooleanValue(contribution.IsStale);
            foreach (var use in contribution.Uses)
            {
                json.WriteNumberValue(numbers[UseAggregate.Kept(use)]);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteBase64String("shortIds", shortIds);
        json.WriteBase64String("longIds", longIds);

        byte[] Bytes(SeenIds ids)
        {
            var all = ids.All.ToList();
            var bytes = new byte[all.Count * BytesOfId];
            for (var i = 0; i < all.Count; i++)
            {
                if (!written.TryGetValue(all[i].Value, out var number))
                {
                    written.Add(all[i].Value, number = used.Count);
                    used.Add(aggregate.Contributions[all[i].Value]);
                }

                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * BytesOfId), all[i].Key);
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan((i * BytesOfId) + 8), number);
            }

            return bytes;
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
