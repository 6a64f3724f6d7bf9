using System.Text.Json;
using KubeSa.Client.Json;
using KubeSa.Client.Resources;
using KubeSa.Secrecy;

namespace KubeSa.Client.Snapshot;

/// <summary>Reads a page of a list, object by object, so that one that is not as Kubernetes writes it is left out alone.</summary>
internal static class SnapshotPage
{
    internal static ListPage<T> Read<T>(ReadOnlySpan<byte> body, Func<JsonElement, T?> map)
        where T : class
    {
        var reader = new Utf8JsonReader(body);
        using var json = JsonDocument.ParseValue(ref reader);
        var metadata = SafeJson.Find(json.RootElement, "metadata");
        if (SafeJson.Find(json.RootElement, "items") is not { ValueKind: JsonValueKind.Array or JsonValueKind.Null } items)
        {
            throw new FormatException("What should be a list has no items.");
        }

        var (found, unreadable) = (new List<T>(), new List<string>());
        foreach (var item in TextPool.Elements(items))
        {
            try
            {
                if (map(item) is { } read)
                {
                    found.Add(read);
                }
            }
            catch (FormatException failure)
            {
                unreadable.Add(SafeExcerpt.Of(failure.Message) ?? "An object cannot be read.");
            }
        }

        return new ListPage<T>(found, Continue(metadata), TextPool.Number(metadata, "remainingItemCount")) { Unreadable = unreadable };
    }

    /// <summary>Where the next page begins. Taken for none, what is not text would end the list before its end.</summary>
    private static string? Continue(JsonElement? metadata) => SafeJson.Find(metadata, "continue") switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { } next => SafeJson.TextOf(next) ?? throw new FormatException("The list does not say where it goes on."),
    };
}
