using System.Reflection;
using System.Text.Json.Nodes;

namespace KubeSa.Contract.Replay;

/// <summary>One exchange with a real server, as tests/Contract/recordings/README.md describes it.</summary>
internal sealed class Recording(string name, JsonObject content)
{
    public string Name { get; } = name;
    public JsonObject Content { get; } = content;
    public string Title => (string)Content["title"]!;

    /// <summary>The first five characters: subject and place within it.</summary>
    public string Place => Name[..5];
    public JsonObject? Request => Content["request"]?.AsObject();
    public JsonObject? Response => Content["response"]?.AsObject();
    public bool IsExchange => Response is not null;
    public string As => (string?)Request?["as"] ?? "";

    public static string Directory { get; } = typeof(Recording).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RecordingsDirectory").Value!;

    /// <summary>All recordings of a server version (1.20 or 1.36), by name.</summary>
    public static IReadOnlyList<Recording> Of(string version) =>
        [.. System.IO.Directory.GetFiles(Path.Combine(Directory, $"kubernetes-{version}"), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(f => new Recording(Path.GetFileNameWithoutExtension(f), JsonNode.Parse(File.ReadAllText(f))!.AsObject()))];

    public override string ToString() => Name;
}
