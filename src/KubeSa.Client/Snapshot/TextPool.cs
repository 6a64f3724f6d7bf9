using System.Collections.Concurrent;
using System.Text.Json;
using KubeSa.Client.Json;
using KubeSa.Secrecy;

namespace KubeSa.Client.Snapshot;

/// <summary>
/// The texts of a snapshot, each once: a cluster has as many names of namespaces as it has pods, and most are the same. No credential
/// and no control character that a server writes into a name gets through.
/// </summary>
internal sealed class TextPool
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    internal string? Of(string? text) => text is null ? null : _known.GetOrAdd(text, static text => SafeName.Of(text));

    /// <summary>A field of an object; null where it is missing or no text.</summary>
    internal string? Text(JsonElement? parent, string name) => Of(SafeJson.Text(parent, name));

    /// <summary>A field that an object cannot be without.</summary>
    internal string Required(JsonElement? parent, string name) =>
        Text(parent, name) is { Length: > 0 } text ? text : throw new FormatException($"An object has no {name}.");

    /// <summary>The texts of an array.</summary>
    internal string[] Texts(JsonElement? parent, string name) =>
        [.. Elements(SafeJson.Find(parent, name)).Select(SafeJson.TextOf).OfType<string>().Select(text => Of(text)!)];

    /// <summary>The entries of a mapping whose keys are wanted.</summary>
    internal IReadOnlyDictionary<string, string> Map(JsonElement? parent, string name, Func<string, bool> wanted)
    {
        if (SafeJson.Find(parent, name) is not { ValueKind: JsonValueKind.Object } map)
        {
            return None;
        }

        Dictionary<string, string>? found = null;
        foreach (var entry in map.EnumerateObject())
        {
            if (SafeJson.NameOf(entry) is { } key && wanted(key))
            {
                (found ??= [])[Of(key)!] = Of(SafeJson.TextOf(entry.Value)) ?? string.Empty;
            }
        }

        return found ?? None;
    }

    /// <summary>The elements of an array; none where it is none.</summary>
    internal static IEnumerable<JsonElement> Elements(JsonElement? array) => array is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    /// <summary>The elements of an array that is a field.</summary>
    internal static IEnumerable<JsonElement> Elements(JsonElement? parent, string name) => Elements(SafeJson.Find(parent, name));

    /// <summary>A switch; null where it is neither on nor off.</summary>
    internal static bool? Flag(JsonElement? parent, string name) =>
        SafeJson.Find(parent, name)?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    /// <summary>A number; null where it is none.</summary>
    internal static long? Number(JsonElement? parent, string name) =>
        SafeJson.Find(parent, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    /// <summary>A time in UTC; null where it is none.</summary>
    internal static DateTime? Time(JsonElement? parent, string name)
    {
        var value = SafeJson.Find(parent, name);
        return SafeJson.Text(parent, name) is not null && value!.Value.TryGetDateTimeOffset(out var time) ? time.UtcDateTime : null;
    }
}
