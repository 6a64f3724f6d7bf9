using System.Text.Json;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Storage;

/// <summary>
/// One committed version of an object. Immutable: the JSON is kept as bytes, without kind and apiVersion, so that a page of a
/// list is a concatenation and every reader gets a tree of its own.
/// </summary>
public sealed class StoredObject
{
    private static readonly Dictionary<string, string> None = [];

    internal StoredObject(JsonObject content, long revision)
    {
        var metadata = content["metadata"]!.AsObject();
        Namespace = (string?)metadata["namespace"] ?? "";
        Name = (string)metadata["name"]!;
        Uid = (string)metadata["uid"]!;
        Revision = revision;
        IsDeleting = metadata.ContainsKey("deletionTimestamp");
        Labels = metadata["labels"] is JsonObject { Count: > 0 } labels
            ? labels.ToDictionary(l => l.Key, l => (string?)l.Value ?? "")
            : None;
        Key = KeyOf(Namespace, Name);
        Utf8 = Json.ToUtf8(content);
    }

    /// <summary>The place in the order of lists: namespace/name, byte by byte.</summary>
    internal string Key { get; }
    public string Namespace { get; }
    public string Name { get; }
    public string Uid { get; }

    /// <summary>The resourceVersion.</summary>
    public long Revision { get; }

    /// <summary>Whether a deletion waits for finalizers or for a grace period.</summary>
    public bool IsDeleting { get; }
    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>The object as JSON, without kind and apiVersion.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>A tree of the caller's own, without kind and apiVersion.</summary>
    public JsonObject Content() => JsonNode.Parse(Utf8.Span)!.AsObject();

    /// <summary>A tree of the caller's own, with the kind and apiVersion of <paramref name="type"/> in front.</summary>
    public JsonObject Object(ResourceType type)
    {
        var whole = new JsonObject { ["kind"] = type.Kind, ["apiVersion"] = type.ApiVersion };
        var content = Content();
        foreach (var (name, value) in content.ToArray())
        {
            content.Remove(name);
            whole[name] = value;
        }

        return whole;
    }

    /// <summary>Reads without making a tree; the caller disposes.</summary>
    internal JsonDocument Document() => JsonDocument.Parse(Utf8);

    internal static string KeyOf(string ns, string name) => ns.Length == 0 ? name : $"{ns}/{name}";
}
