using System.Globalization;

namespace KubeSa.Sandbox.Protobuf;

/// <summary>
/// The messages of the kinds the sandbox holds, from the files in Messages: one for each API version, a line for each message, written
/// as <c>Name: number json type[*], …</c>. Before the type stands [] for a list and map: for a map; after it * for a value that counts
/// though it is empty. The numbers and names are those of the struct tags in Kubernetes' types.go.
/// </summary>
internal static class MessageTable
{
    private const string Folder = "Messages/";

    // Most sandboxes never see protobuf, so nothing is read before the first message comes.
    private static readonly Lazy<Dictionary<string, Message>> ByName = new(() =>
        Files().SelectMany(ReadFile).ToDictionary(m => m.Name));

    private static readonly Lazy<HashSet<(string, string)>> Kinds = new(() =>
        [.. Files().SelectMany(f => ReadFile(f).Select(m => (ApiVersionOf(f), m.Name)))]);

    /// <summary>The message of a kind, or null when it is not in the table.</summary>
    public static Message? OfKind(string apiVersion, string kind)
    {
        // Clients send it in the group of what is deleted.
        return kind == "DeleteOptions" || Kinds.Value.Contains((apiVersion, kind)) ? Get(kind) : null;
    }

    public static Message Get(string name) => ByName.Value[name];

    /// <summary>Every message of the table, by API version.</summary>
    internal static ILookup<string, Message> All() =>
        Files().SelectMany(f => ReadFile(f).Select(m => (ApiVersion: ApiVersionOf(f), Message: m))).ToLookup(m => m.ApiVersion, m => m.Message);

    private static IEnumerable<string> Files() =>
        typeof(MessageTable).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal));

    private static string ApiVersionOf(string file) => file[Folder.Length..^".txt".Length].Replace('-', '/');

    private static IEnumerable<Message> ReadFile(string file)
    {
        using var reader = new StreamReader(typeof(MessageTable).Assembly.GetManifestResourceStream(file)!);
        while (reader.ReadLine() is { } line)
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            yield return new Message(line[..colon], line[(colon + 2)..].Split(", ").Select(ReadField).ToDictionary(f => f.Number, f => f.Field));
        }
    }

    private static (int Number, MessageField Field) ReadField(string text)
    {
        var parts = text.Split(' ');
        var type = parts[2].TrimEnd('*');
        var (isRepeated, isMap) = (type.StartsWith("[]", StringComparison.Ordinal), type.StartsWith("map:", StringComparison.Ordinal));
        var bare = isRepeated ? type[2..] : isMap ? type["map:".Length..] : type;
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), new MessageField(parts[1], bare, isRepeated, isMap, parts[2].EndsWith('*')));
    }
}
