using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Patches;

/// <summary>Kubernetes' own merge patch: some lists are merged by a key of their entries, and directives say what to do.</summary>
internal static class StrategicMerge
{
    private const string Directive = "$patch";
    private const string PrimitiveDeletion = "$deleteFromPrimitiveList/";

    // The lists that are merged, by the name of their field, and the key that tells their entries apart.
    private static readonly Dictionary<string, string> MergeKeys = new()
    {
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["ephemeralContainers"] = "name",
        ["volumes"] = "name",
        ["env"] = "name",
        ["volumeMounts"] = "mountPath",
        ["volumeDevices"] = "devicePath",
        ["ports"] = "containerPort",
        ["secrets"] = "name",
        ["hostAliases"] = "ip",
        ["topologySpreadConstraints"] = "topologyKey",
        ["ownerReferences"] = "uid",
        ["conditions"] = "type",
    };

    public static void Apply(JsonObject target, JsonObject patch) => Merge(target, patch, "");

    private static void Merge(JsonObject target, JsonObject patch, string path)
    {
        if (patch.Text(Directive) == "replace")
        {
            target.Clear();
        }

        RetainKeys(target, patch);
        foreach (var (name, value) in patch.Where(m => m.Key is not (Directive or "$retainKeys")))
        {
            if (name.StartsWith(PrimitiveDeletion, StringComparison.Ordinal))
            {
                RemoveValues(target[name[PrimitiveDeletion.Length..]] as JsonArray, value as JsonArray);
            }
            else if (!name.StartsWith("$setElementOrder/", StringComparison.Ordinal))
            {
                Set(target, name, value, $"{path}/{name}");
            }
        }
    }

    private static void Set(JsonObject target, string name, JsonNode? value, string path)
    {
        switch (value)
        {
            case null:
            case JsonObject deleted when deleted.Text(Directive) == "delete":
                target.Remove(name);
                break;
            case JsonObject inner:
                Merge(target.Child(name), inner, path);
                break;
            case JsonArray list when name == "finalizers" && target[name] is JsonArray present:
                foreach (var item in list.Where(i => !present.Any(p => JsonNode.DeepEquals(p, i))))
                {
                    present.Add(item?.DeepClone());
                }

                break;
            case JsonArray list when MergeKeyOf(path) is { } key:
                MergeList(target, name, list, key, path);
                break;
            default:
                target[name] = value.DeepClone();
                break;
        }
    }

    // A service account's imagePullSecrets are one value, a pod's are merged by name.
    private static string? MergeKeyOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name == "imagePullSecrets" && path.EndsWith("spec/imagePullSecrets", StringComparison.Ordinal) ? "name" : MergeKeys.GetValueOrDefault(name);
    }

    private static void MergeList(JsonObject target, string name, JsonArray patch, string key, string path)
    {
        if (target[name] is not JsonArray present)
        {
            present = [];
            target[name] = present;
        }

        if (patch.Any(p => p.Text(Directive) == "replace"))
        {
            present.Clear();
        }

        foreach (var item in patch.OfType<JsonObject>().Where(p => p.Text(Directive) != "replace"))
        {
            var known = present.OfType<JsonObject>().FirstOrDefault(p => JsonNode.DeepEquals(p[key], item[key]));
            if (item.Text(Directive) == "delete")
            {
                present.Remove(known);
            }
            else if (known is not null)
            {
                Merge(known, item, path);
            }
            else
            {
                present.Add(item.DeepClone());
            }
        }
    }

    private static void RetainKeys(JsonObject target, JsonObject patch)
    {
        if (patch["$retainKeys"] is JsonArray retained)
        {
            var names = retained.Select(r => (string?)r).ToHashSet();
            foreach (var name in target.Select(m => m.Key).Where(k => !names.Contains(k)).ToList())
            {
                target.Remove(name);
            }
        }
    }

    private static void RemoveValues(JsonArray? present, JsonArray? removed)
    {
        foreach (var value in removed ?? [])
        {
            if (present?.FirstOrDefault(p => JsonNode.DeepEquals(p, value)) is { } found)
            {
                present.Remove(found);
            }
        }
    }
}
