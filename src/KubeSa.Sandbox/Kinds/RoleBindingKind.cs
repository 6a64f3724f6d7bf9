using System.Text.Json.Nodes;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Kinds;

/// <summary>Role bindings and cluster role bindings: the role is fixed, subjects get the API group of their kind.</summary>
/// <param name="roleKinds">The kinds of roles that such a binding may give.</param>
internal sealed class RoleBindingKind(params string[] roleKinds) : Kind
{
    private const string Rbac = "rbac.authorization.k8s.io";
    private const string Account = "ServiceAccount";

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
        var isNamespaced = !string.IsNullOrEmpty(obj["metadata"].Text("namespace"));
        var subjects = obj["subjects"] as JsonArray ?? [];
        return Role(obj["roleRef"]).Concat(subjects.SelectMany((subject, i) => Subject(subject, $"subjects[{i}]", isNamespaced)));
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonObject obj, JsonObject old, Dialect dialect)
    {
        foreach (var error in Validate(obj, dialect))
        {
            yield return error;
        }

        if (!JsonNode.DeepEquals(obj["roleRef"], old["roleRef"]))
        {
            yield return FieldError.InvalidShown("roleRef", Show(obj["roleRef"], dialect), "cannot change roleRef");
        }
    }

    private IEnumerable<FieldError> Role(JsonNode? role)
    {
        var (group, kind, name) = (role.Text("apiGroup") ?? "", role.Text("kind") ?? "", role.Text("name") ?? "");
        if (group != Rbac)
        {
            yield return FieldError.NotSupported("roleRef.apiGroup", Go.Quote(group), Rbac);
        }

        if (!roleKinds.Contains(kind))
        {
            yield return FieldError.NotSupported("roleRef.kind", Go.Quote(kind), roleKinds);
        }

        if (name.Length == 0)
        {
            yield return FieldError.Required("roleRef.name");
        }
        else if (Names.PathSegment(name) is { } wrong)
        {
            yield return FieldError.Invalid("roleRef.name", name, wrong);
        }
    }

    private static IEnumerable<FieldError> Subject(JsonNode? subject, string path, bool isNamespaced)
    {
        var (kind, name, group) = (subject.Text("kind") ?? "", subject.Text("name") ?? "", subject.Text("apiGroup") ?? "");
        if (name.Length == 0)
        {
            yield return FieldError.Required($"{path}.name");
        }

        if (kind is not (Account or "User" or "Group"))
        {
            yield return FieldError.NotSupported($"{path}.kind", Go.Quote(kind), Account, "User", "Group");
            yield break;
        }

        if (kind == Account && name.Length > 0 && Names.Subdomain(name) is { } wrong)
        {
            yield return FieldError.Invalid($"{path}.name", name, wrong);
        }

        var wanted = kind == Account ? "" : Rbac;
        if (group != wanted)
        {
            yield return FieldError.NotSupported($"{path}.apiGroup", Go.Quote(group), wanted);
        }

        if (kind == Account && !isNamespaced && string.IsNullOrEmpty(subject.Text("namespace")))
        {
            yield return FieldError.Required($"{path}.namespace");
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
