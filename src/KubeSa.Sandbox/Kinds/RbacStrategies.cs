using System.Text.Json.Nodes;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Kinds;

/// <summary>Roles and cluster roles.</summary>
internal sealed class RoleStrategy : ResourceStrategy
{
    public override string? CheckName(string name, ServerVersion serverVersion) => Names.PathSegment(name);

    // The server stores an empty list as none.
    public override void Default(JsonObject obj, ServerVersion serverVersion)
    {
        if (obj["rules"] is JsonArray { Count: 0 })
        {
            obj["rules"] = null;
        }
    }

    public override IEnumerable<FieldError> Validate(JsonObject obj, ServerVersion serverVersion)
    {
        var rules = obj["rules"] as JsonArray ?? [];
        for (var i = 0; i < rules.Count; i++)
        {
            foreach (var error in Rule(rules[i]!.AsObject(), $"rules[{i}]"))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<FieldError> Rule(JsonObject rule, string path)
    {
        if (rule["verbs"] is not JsonArray { Count: > 0 })
        {
            yield return FieldError.Required($"{path}.verbs", "verbs must contain at least one value");
        }

        if (rule["nonResourceURLs"] is JsonArray { Count: > 0 })
        {
            yield break;
        }

        if (rule["apiGroups"] is not JsonArray { Count: > 0 })
        {
            yield return FieldError.Required($"{path}.apiGroups", "resource rules must supply at least one api group");
        }

        if (rule["resources"] is not JsonArray { Count: > 0 })
        {
            yield return FieldError.Required($"{path}.resources", "resource rules must supply at least one resource");
        }
    }
}
