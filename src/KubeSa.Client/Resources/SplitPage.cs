using System.Text.Json;
using k8s;
using KubeSa.Client.Json;
using KubeSa.Secrecy;

namespace KubeSa.Client.Resources;

/// <summary>Reads a page that the client library cannot read as a whole, object by object, so that a bad one is left out alone.</summary>
internal static class SplitPage
{
    internal static ListPage<T> Read<T>(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var metadata = SafeJson.Find(json.RootElement, "metadata");
        var items = new List<T>();
        var unreadable = new List<string>();
        foreach (var item in ItemsOf(json.RootElement))
        {
            try
            {
                items.Add(KubernetesJson.Deserialize<T>(item.GetRawText()));
            }
            catch (Exception failure) when (KubernetesJsonRules.IsUnreadable(failure))
            {
                unreadable.Add(Why(item, failure));
            }
        }

        return new ListPage<T>(items, ContinueOf(metadata), SafeJson.Find(metadata, "remainingItemCount") is { ValueKind: JsonValueKind.Number } left && left.TryGetInt64(out var count) ? count : null)
        {
            Unreadable = unreadable,
        };
    }

    private static IEnumerable<JsonElement> ItemsOf(JsonElement list) => SafeJson.Find(list, "items") switch
    {
        { ValueKind: JsonValueKind.Array } items => items.EnumerateArray(),
        null or { ValueKind: JsonValueKind.Null } when list.ValueKind == JsonValueKind.Object => [],
        _ => throw new FormatException("What should be a list has no items."),
    };

    /// <summary>Where the next page begins. Taken for none, what is not text would end the list before its end.</summary>
    private static string? ContinueOf(JsonElement? metadata) => metadata switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Object } => SafeJson.Find(metadata, "continue") switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { } next => SafeJson.TextOf(next) ?? throw new FormatException("The list does not say where it goes on."),
        },
        _ => throw new FormatException("The metadata of the list is not an object."),
    };

    private static string Why(JsonElement item, Exception failure)
    {
        var metadata = SafeJson.Find(item, "metadata");
        var name = (SafeExcerpt.Of(SafeJson.Text(metadata, "namespace")), SafeExcerpt.Of(SafeJson.Text(metadata, "name"))) switch
        {
            (_, null) => "an object without a readable name",
            (null, { } own) => $"'{own}'",
            var (ns, own) => $"'{ns}/{own}'",
        };

        // The path of a field is made of the object's own words, too.
        return SafeExcerpt.Of((failure as JsonException)?.Path?.TrimStart('$', '.')) is { } field
            ? $"the field '{field}' of {name} is not of the type that it should be."
            : $"{name} cannot be read.";
    }
}
