using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Patches;

/// <summary>A patch of operations, RFC 6902.</summary>
internal static class JsonPatch
{
    /// <summary>Applies all operations in order; throws <see cref="PatchFailedException"/> when one of them does not apply.</summary>
    public static JsonObject Apply(JsonObject target, JsonArray operations)
    {
        JsonNode root = target.DeepClone();
        foreach (var node in operations)
        {
            if (node is not JsonObject operation || operation.Text("op") is not { } op || operation.Text("path") is not { } path)
            {
                throw new PatchFailedException("an operation needs op and path");
            }

            root = One(root, op, path, operation);
        }

        return root as JsonObject ?? throw new PatchFailedException("the result is no object");
    }

    private static JsonNode One(JsonNode root, string op, string path, JsonObject operation)
    {
        switch (op)
        {
            case "test":
                if (!JsonNode.DeepEquals(Find(root, path), operation["value"]))
                {
                    throw new PatchFailedException($"testing value {path} failed");
                }

                return root;
            case "add":
                return Add(root, path, operation["value"]?.DeepClone());
            case "replace":
                Remove(root, path);
                return Add(root, path, operation["value"]?.DeepClone());
            case "remove":
                Remove(root, path);
                return root;
            case "move":
                var moved = Find(root, operation.Text("from") ?? "")?.DeepClone();
                Remove(root, operation.Text("from") ?? "");
                return Add(root, path, moved);
            case "copy":
                return Add(root, path, Find(root, operation.Text("from") ?? "")?.DeepClone());
            default:
                throw new PatchFailedException($"unexpected kind: {op}");
        }
    }

    private static JsonNode Add(JsonNode root, string path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            return value ?? throw new PatchFailedException("the result is no object");
        }

        var (parent, last) = Parent(root, path);
        if (parent is JsonObject obj)
        {
            obj[last] = value;
        }
        else if (parent is JsonArray array)
        {
            array.Insert(last == "-" ? array.Count : Index(last, array.Count), value);
        }

        return root;
    }

    private static void Remove(JsonNode root, string path)
    {
        var (parent, last) = Parent(root, path);
        if (parent is JsonArray array)
        {
            array.RemoveAt(Index(last, array.Count - 1));
        }
        else if (parent is not JsonObject obj || !obj.Remove(last))
        {
            throw new PatchFailedException($"unable to remove nonexistent key: {last}");
        }
    }

    private static JsonNode? Find(JsonNode root, string path)
    {
        var (parent, last) = Parent(root, path);
        return parent switch
        {
            JsonObject obj when obj.ContainsKey(last) => obj[last],
            JsonArray array => array[Index(last, array.Count - 1)],
            _ => throw new PatchFailedException($"missing path: {path}"),
        };
    }

    private static (JsonNode Parent, string Last) Parent(JsonNode root, string path)
    {
        var names = path.Split('/').Skip(1).Select(n => n.Replace("~1", "/").Replace("~0", "~")).ToList();
        if (names.Count == 0)
        {
            throw new PatchFailedException($"missing path: {path}");
        }

        var at = root;
        foreach (var name in names.SkipLast(1))
        {
            at = (at switch
            {
                JsonObject obj => obj[name],
                JsonArray array => array[Index(name, array.Count - 1)],
                _ => null,
            }) ?? throw new PatchFailedException($"missing path: {path}");
        }

        return (at, names[^1]);
    }

    private static int Index(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= most
            ? index
            : throw new PatchFailedException($"invalid array index {text}");
}

/// <summary>A patch that does not fit the object.</summary>
internal sealed class PatchFailedException(string message) : Exception(message);
