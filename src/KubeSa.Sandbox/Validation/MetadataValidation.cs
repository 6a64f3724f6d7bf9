using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Validation;

/// <summary>The rules of ObjectMeta.</summary>
internal static class MetadataValidation
{
    private static readonly string[] Immutable = ["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"];

    public static IEnumerable<FieldError> OnCreate(JsonObject obj, Func<string, string?> nameRule)
    {
        var name = obj.Text("metadata", "name") ?? "";
        if (name.Length == 0)
        {
            yield return FieldError.Required("metadata.name", "name or generateName is required");
        }
        else if (nameRule(name) is { } wrong)
        {
            yield return FieldError.Invalid("metadata.name", name, wrong);
        }

        foreach (var error in Maps(obj))
        {
            yield return error;
        }
    }

    /// <summary>
    /// The server checks an update in several layers, each with the rules of those before it: what may not change is reported
    /// twice, a bad label four times (as causes; the message says it once).
    /// </summary>
    public static IEnumerable<FieldError> OnUpdate(JsonObject obj, JsonObject old)
    {
        var maps = Maps(obj).ToList();
        var changed = Immutable
            .Where(f => !JsonNode.DeepEquals(obj["metadata"]![f], old["metadata"]![f]))
            .Select(f => FieldError.Invalid($"metadata.{f}", obj["metadata"]![f]?.ToString() ?? "", "field is immutable"))
            .ToList();
        return maps.Concat(changed).Concat(maps).Concat(changed).Concat(maps).Concat(maps);
    }

    private static IEnumerable<FieldError> Maps(JsonObject obj)
    {
        foreach (var (key, value) in obj["metadata"]!["labels"]?.AsObject() ?? [])
        {
            if (Names.QualifiedName(key) is { } wrongKey)
            {
                yield return FieldError.Invalid("metadata.labels", key, wrongKey);
            }

            if (Names.LabelValue((string?)value ?? "") is { } wrongValue)
            {
                yield return FieldError.Invalid("metadata.labels", (string?)value ?? "", wrongValue);
            }
        }

        foreach (var (key, _) in obj["metadata"]!["annotations"]?.AsObject() ?? [])
        {
            if (Names.QualifiedName(key.ToLowerInvariant()) is { } wrongKey)
            {
                yield return FieldError.Invalid("metadata.annotations", key, wrongKey);
            }
        }
    }
}
