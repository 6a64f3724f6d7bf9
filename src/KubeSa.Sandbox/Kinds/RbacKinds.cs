using System.Text.Json.Nodes;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Kinds;

/// <summary>Roles and cluster roles.</summary>
internal sealed class RoleKind : Kind
{
    public override string? CheckName(string name, Dialect dialect) => Names.PathSegment(name);

    public override IEnumerable<FieldError> Validate(JsonObject obj, Dialect dialect)
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

/// <summary>Role bindings and cluster role bindings: the role is fixed, subjects get the API group of their kind.</summary>
internal sealed class RoleBindingKind : Kind
{
    private const string Rbac = "rbac.authorization.k8s.io";

    public override string? CheckName(string name, Dialect dialect) => Names.PathSegment(name);

    public override void Default(JsonObject obj, Dialect dialect)
    {
        var role = obj.Child("roleRef");
        role["apiGroup"] = role.Text("apiGroup") is { Length: > 0 } group ? group : Rbac;
        foreach (var subject in PodDefaults.Objects(obj["subjects"]))
        {
            if (subject.Text("kind") is "User" or "Group" && subject.Text("apiGroup") is null or "")
            {
                subject["apiGroup"] = Rbac;
            }
        }
    }

    public override IEnumerable<FieldError> Validate(JsonObject obj, Dialect dialect)
    {
        var subjects = obj["subjects"] as JsonArray ?? [];
        for (var i = 0; i < subjects.Count; i++)
        {
            var subject = subjects[i]!;
            if (subject.Text("name") is null or "")
            {
                yield return FieldError.Required($"subjects[{i}].name");
            }
        }
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonObject obj, JsonObject old, Dialect dialect)
    {
        if (!JsonNode.DeepEquals(obj["roleRef"], old["roleRef"]))
        {
            yield return FieldError.InvalidShown("roleRef", Show(obj["roleRef"], dialect), "cannot change roleRef");
        }

        foreach (var error in Validate(obj, dialect))
        {
            yield return error;
        }
    }

    // The server prints its own type, not the object that was sent.
    private static string Show(JsonNode? role, Dialect dialect)
    {
        var (group, kind, name) = (Go.Quote(role.Text("apiGroup") ?? ""), Go.Quote(role.Text("kind") ?? ""), Go.Quote(role.Text("name") ?? ""));
        return dialect.IsLegacy
            ? $"rbac.RoleRef{{APIGroup:{group}, Kind:{kind}, Name:{name}}}"
            : $"{{\"APIGroup\":{group},\"Kind\":{kind},\"Name\":{name}}}";
    }
}
