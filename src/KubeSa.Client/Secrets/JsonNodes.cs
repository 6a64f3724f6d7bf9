using System.Collections;
using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Client.Secrets;

/// <summary>
/// Turns parsed JSON into the nodes of a TextDocument. The arrays of the outermost object, such as the items of a List,
/// are turned one item at a time as they are walked, so that a long List is never held twice.
/// </summary>
/// <param name="line">The line the document begins in, for messages.</param>
internal sealed class JsonNodes(long line)
{
    internal object? Root(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return Node(element);
        }

        var fields = new Dictionary<string, object?>();
        foreach (var property in element.EnumerateObject())
        {
            fields[Name(property)] = property.Value.ValueKind == JsonValueKind.Array ? new Items(this, property.Value) : Node(property.Value);
        }

        return fields;
    }

    private object? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var fields = new Dictionary<string, object?>();
                foreach (var property in element.EnumerateObject())
                {
                    fields[Name(property)] = Node(property.Value);
                }

                return fields;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(Node).ToList();
            case JsonValueKind.String:
                return Text(element);
            case JsonValueKind.Null:
                return null;
            default:
                return element.GetRawText();
        }
    }

    private string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw NoUnicode();
        }
    }

    private string? Text(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            throw NoUnicode();
        }
    }

    private KubeApiException NoUnicode() =>
        new(FailureKind.InvalidSecret, $"The JSON document in line {line} holds text that is no Unicode.");

    private sealed class Items(JsonNodes nodes, JsonElement array) : IReadOnlyList<object?>
    {
        public int Count => array.GetArrayLength();

        public object? this[int index] => nodes.Node(array[index]);

        public IEnumerator<object?> GetEnumerator() => array.EnumerateArray().Select(nodes.Node).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
