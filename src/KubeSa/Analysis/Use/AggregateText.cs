using System.Buffers.Binary;
using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Analysis.Use;

/// <summary>Reads saved aggregates. Whoever saved one may have been another, so each field is looked at.</summary>
internal static class AggregateText
{
    /// <summary>Whether a text begins like a saved aggregate.</summary>
    internal static bool LooksLikeOne(string text) => text.TrimStart().StartsWith($$"""{"kind":"{{AggregateJson.Kind}}",""", StringComparison.Ordinal);

    /// <summary>The aggregate; InvalidAuditLog where the text is none, or one of a later module.</summary>
    internal static UseAggregate Read(string text, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("kind", out var kind) || kind.GetString() != AggregateJson.Kind)
            {
                throw Invalid(source, "it is not one");
            }

            var version = root.GetProperty("version").GetInt32();
            return version == AggregateJson.Version ? Read(root) : throw Invalid(source, version > AggregateJson.Version
                ? $"it has version {version}, and this module reads version {AggregateJson.Version}: update the module"
                : $"it has version {version}, which never was");
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw Invalid(source, "it is damaged");
        }
    }

    private static KubeApiException Invalid(string source, string why) => new(
        FailureKind.InvalidAuditLog, $"{source} is not an aggregate that can be merged: {why}. Get-KubeAccessUse -As Aggregate writes such aggregates, one a line.", source);

    private static UseAggregate Read(JsonElement root)
    {
        var aggregate = new UseAggregate();
        ReadCoverage(root.GetProperty("coverage"), aggregate.Coverage);
        var all = new List<UseStats>();
        foreach (var use in root.GetProperty("uses").EnumerateArray())
        {
            ReadUse(use, aggregate, all);
        }

        int[] numbers = [.. root.GetProperty("contributions").EnumerateArray().Select(item =>
        {
            var fields = item.EnumerateArray().ToList();
            return aggregate.Contributions.Of([.. fields.Skip(2).Select(field => all[field.GetInt32()])], fields[0].GetBoolean(), fields[1].GetBoolean());
        })];
        ReadIds(root.GetProperty("shortIds").GetBytesFromBase64(), aggregate.Short, numbers);
        ReadIds(root.GetProperty("longIds").GetBytesFromBase64(), aggregate.Long, numbers);
        return aggregate;
    }

    private static void ReadCoverage(JsonElement from, LogCoverage coverage)
    {
        long Number(string name) => from.GetProperty(name).GetInt64();
        (coverage.Files, coverage.Events, coverage.Damaged, coverage.Others) = (Number("files"), Number("events"), Number("damaged"), Number("others"));
        (coverage.Repeated, coverage.Unauthenticated, coverage.Undecided) = (Number("repeated"), Number("unauthenticated"), Number("undecided"));
        coverage.AddTime(Ticks(from, "first"));
        coverage.AddTime(Ticks(from, "last"));
        coverage.Hours.Merge(Spans(from, "hours", 24));
        foreach (var level in from.GetProperty("levels").EnumerateObject())
        {
            coverage.Levels[level.Name] = level.Value.GetInt64();
        }

        coverage.HasMoreKinds = from.GetProperty("moreKinds").GetBoolean();
        foreach (var kind in from.GetProperty("kinds").EnumerateArray())
        {
            var parts = kind.GetString()!.Split(' ');
            coverage.AddKind(new LoggedKind(parts[0], parts[1], parts[2], parts[3]));
        }
    }

    private static void ReadUse(JsonElement from, UseAggregate aggregate, List<UseStats> all)
    {
        PooledText Text(string name) => PooledText.Of(from.GetProperty(name).GetString()!);
        var kind = new UseKind(
            Text("user"), Text("verb"), Text("group"), Text("resource"), Text("subresource"), Text("namespace"), from.GetProperty("path").GetBoolean(),
            from.GetProperty("allowed").GetBoolean(), Enum.Parse<UseOrigin>(from.GetProperty("origin").GetString()!));
        var named = aggregate.Named(kind);
        foreach (var item in from.GetProperty("names").EnumerateArray())
        {
            var stats = named.Of(item.GetProperty("name").GetString()!);
            ReadStats(item, stats);
            all.Add(stats);
        }

        if (from.TryGetProperty("others", out var others))
        {
            ReadStats(others, named.OfOthers());
            all.Add(named.OfOthers());
        }
    }

    private static void ReadStats(JsonElement from, UseStats stats)
    {
        stats.Restore(
            from.GetProperty("count").GetInt64(), Ticks(from, "first"), Ticks(from, "last"), from.GetProperty("legacy").GetInt64(),
            from.GetProperty("stale").GetInt64(), from.GetProperty("sample").GetGuid());
        stats.Days.Merge(Spans(from, "days", 1));
        foreach (var (set, item) in stats.Sets().Zip(from.GetProperty("sets").EnumerateArray()))
        {
            set.Merge(item.EnumerateArray().Skip(1).Select(text => text.GetString()!), item[0].GetBoolean());
        }
    }

    private static void ReadIds(byte[] bytes, SeenIds ids, int[] numbers)
    {
        for (var at = 0; at + AggregateJson.BytesOfId <= bytes.Length; at += AggregateJson.BytesOfId)
        {
            ids.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)), numbers[BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 8))]);
        }
    }

    private static long Ticks(JsonElement from, string name) =>
        from.GetProperty(name).GetInt64() is var ticks && (ticks == 0 || EventTime.IsPossible(ticks)) ? ticks : throw new FormatException();

    private static IEnumerable<int> Spans(JsonElement from, string name, int aDay) => from.GetProperty(name).EnumerateArray()
        .Select(item => item.GetInt32() is var number && number >= 0 && number < 366 * 90 * aDay ? number : throw new FormatException());
}
