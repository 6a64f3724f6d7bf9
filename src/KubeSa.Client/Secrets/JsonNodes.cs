using System.Collections;
using System.Text.Json;
using KubeSa.Client.Json;
using KubeSa.Client.Yaml;

namespace KubeSa.Client.Secrets;

/// <summary>
/// Turns parsed JSON into the nodes of a TextDocument. The arrays of the outermost object, such as the items of a List,
/// are turned one item at a time as they are walked, so that a long List is never held twice. What cannot be read is a
/// Damage where it stands and spoils nothing else.
/// </summary>
internal static class JsonNodes
{
    private static readonly Damage NoUnicode = new("it holds text that is not valid Unicode, half a surrogate pair");
    private static readonly Damage Twice = new("a field stands twice in the same object");

    internal static object? Root(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? Fields(element, value => value.ValueKind == JsonValueKind.Array ? new Items(value) : Node(value))
            : Node(element);

    private static object? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Fields(element, Node),
        JsonValueKind.Array => element.EnumerateArray().Select(Node).ToList(),
        JsonValueKind.String => SafeJson.TextOf(element) ?? (object)NoUnicode,
        JsonValueKind.Null => null,
        _ => element.GetRawText(),
    };

    private static object Fields(JsonElement element, Func<JsonElement, object?> node)
    {
        var fields = new Dictionary<string, object?>();
        foreach (var property in element.EnumerateObject())
        {
            if (SafeJson.NameOf(property) is not { } name)
            {
                return NoUnicode;
            }

            if (!fields.TryAdd(name, node(property.Value)))
            {
                return Twice;
            }
        }

        return fields;
    }

    private sealed class Items(JsonElement array) : IReadOnlyList<object?>
    {
        public int Count => array.GetArrayLength();

        public object? this[int index] => Node(array[index]);

        public IEnumerator<object?> GetEnumerator() => array.EnumerateArray().Select(Node).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
