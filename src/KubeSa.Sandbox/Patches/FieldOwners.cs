using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Patches;

/// <summary>
/// Who applied which fields of an object (server-side apply): enough to find conflicts and to take back what is no longer
/// applied. Lists count as one field. Not written into managedFields.
/// </summary>
internal sealed class FieldOwners
{
    private readonly Dictionary<(string Uid, string Manager), HashSet<string>> _owned = [];
    private readonly object _gate = new();

    /// <summary>Merges what a manager applies into the live object; throws 409 naming the owners of fields it would change, unless forced.</summary>
    public JsonObject Apply(JsonObject live, JsonObject applied, string uid, string manager, bool force)
    {
        var fields = LeavesOf(applied).ToDictionary();
        lock (_gate)
        {
            var conflicts = Conflicts(live, fields, uid, manager);
            if (conflicts.Count > 0 && !force)
            {
                throw Conflict(conflicts);
            }

            foreach (var (other, path) in conflicts)
            {
                _owned[(uid, other)].Remove(path);
            }

            var merged = live.DeepClone().AsObject();
            foreach (var path in _owned.GetValueOrDefault((uid, manager), []).Where(p => !fields.ContainsKey(p) && !IsOwnedByOthers(uid, manager, p)))
            {
                Remove(merged, path);
            }

            MergePatch.Apply(merged, WithoutIdentity(applied));
            return merged;
        }
    }

    /// <summary>Notes what a manager owns now that its configuration was stored.</summary>
    public void Own(JsonObject applied, string uid, string manager)
    {
        lock (_gate)
        {
            _owned[(uid, manager)] = [.. LeavesOf(applied).Select(l => l.Key)];
        }
    }

    private List<(string Manager, string Path)> Conflicts(JsonObject live, Dictionary<string, JsonNode?> fields, string uid, string manager)
    {
        var present = LeavesOf(live).ToDictionary();
        return
        [
            .. from owner in _owned
               where owner.Key.Uid == uid && owner.Key.Manager != manager
               from path in owner.Value
               where fields.ContainsKey(path) && !JsonNode.DeepEquals(fields[path], present.GetValueOrDefault(path))
               select (owner.Key.Manager, path),
        ];
    }

    private bool IsOwnedByOthers(string uid, string manager, string path) =>
        _owned.Any(o => o.Key.Uid == uid && o.Key.Manager != manager && o.Value.Contains(path));

    private static ApiError Conflict(List<(string Manager, string Path)> conflicts)
    {
        var lines = conflicts.Select(c => $"conflict with \"{c.Manager}\": {c.Path}").ToList();
        var message = lines.Count == 1
            ? $"Apply failed with 1 conflict: {lines[0]}"
            : $"Apply failed with {lines.Count} conflicts: {string.Join('\n', lines)}";
        return new ApiError(409, "Conflict", message, new JsonObject
        {
            ["causes"] = new JsonArray([.. conflicts.Select(c => new JsonObject
            {
                ["reason"] = "FieldManagerConflict",
                ["message"] = $"conflict with \"{c.Manager}\"",
                ["field"] = c.Path,
            })]),
        });
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> LeavesOf(JsonObject obj) => Leaves(WithoutIdentity(obj), "");

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Leaves(JsonObject obj, string path) =>
        obj.SelectMany(m => m.Value is JsonObject { Count: > 0 } inner ? Leaves(inner, $"{path}.{m.Key}") : [KeyValuePair.Create<string, JsonNode?>($"{path}.{m.Key}", m.Value)]);

    private static JsonObject WithoutIdentity(JsonObject obj)
    {
        var rest = obj.DeepClone().AsObject();
        rest.Remove("kind");
        rest.Remove("apiVersion");
        foreach (var name in new[] { "name", "namespace", "uid", "resourceVersion", "creationTimestamp" })
        {
            rest.Child("metadata").Remove(name);
        }

        return rest;
    }

    private static void Remove(JsonObject obj, string path)
    {
        // Keys may hold dots themselves, so every split of the path is tried.
        foreach (var (name, value) in obj.ToList())
        {
            if (path == $".{name}")
            {
                obj.Remove(name);
            }
            else if (value is JsonObject inner && path.StartsWith($".{name}.", StringComparison.Ordinal))
            {
                Remove(inner, path[(name.Length + 1)..]);
            }
        }
    }
}
