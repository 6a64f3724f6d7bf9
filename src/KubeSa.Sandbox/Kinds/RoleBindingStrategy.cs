using System.Text.Json.Nodes;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Kinds;

/// <summary>Role bindings and cluster role bindings: the role is fixed, subjects get the API group of their kind.</summary>
/// <param name="roleKinds">The kinds of roles that such a binding may give.</param>
internal sealed class RoleBindingStrategy(params string[] roleKinds) : ResourceStrategy
{
    private const string Rbac = "rbac.authorization.k8s.io";
    private const string Account = "ServiceAccount";

    public override string? CheckName(string name, ServerVersion serverVersion) => Names.PathSegment(name);

    public override void Default(JsonObject obj, ServerVersion serverVersion)
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

    public override IEnumerable<FieldError> Validate(JsonObject obj, ServerVersion serverVersion)
    {
        var isNamespaced = !string.IsNullOrEmpty(obj["metadata"].Text("namespace"));
        var subjects = obj["subjects"] as JsonArray ?? [];
        return Role(obj["roleRef"]).Concat(subjects.SelectMany((subject, i) => Subject(subject, $"subjects[{i}]", isNamespaced)));
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonObject obj, JsonObject old, ServerVersion serverVersion)
    {
        foreach (var error in Validate(obj, serverVersion))
        {
            yield return error;
        }

        if (!JsonNode.DeepEquals(obj["roleRef"], old["roleRef"]))
        {
            yield return FieldError.InvalidShown("roleRef", Show(obj["roleRef"], serverVersion), "cannot change roleRef");
        }
    }

    private IEnumerable<FieldError> Role(JsonNode? role)
    {
        var (group, kind, name) = (role.Text("apiGroup") ?? "", role.Text("kind") ?? "", role.Text("name") ?? "");
        if (group != Rbac)
        {
            yield return FieldError.NotSupported("roleRef.apiGroup", GoFormat.Quote(group), Rbac);
        }

        if (!roleKinds.Contains(kind))
        {
            yield return FieldError.NotSupported("roleRef.kind", GoFormat.Quote(kind), roleKinds);
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
            yield return FieldError.NotSupported($"{path}.kind", GoFormat.Quote(kind), Account, "User", "Group");
            yield break;
        }

        if (kind == Account && name.Length > 0 && Names.Subdomain(name) is { } wrong)
        {
            yield return FieldError.Invalid($"{path}.name", name, wrong);
        }

        var wanted = kind == Account ? "" : Rbac;
        if (group != wanted)
        {
            yield return FieldError.NotSupported($"{path}.apiGroup", GoFormat.Quote(group), wanted);
        }

        if (kind == Account && !isNamespaced && string.IsNullOrEmpty(subject.Text("namespace")))
        {
            yield return FieldError.Required($"{path}.namespace");
        }
    }

    // The server prints its own type, not the object that was sent.
    private static string Show(JsonNode? role, ServerVersion serverVersion)
    {
        var (group, kind, name) = (GoFormat.Quote(role.Text("apiGroup") ?? ""), GoFormat.Quote(role.Text("kind") ?? ""), GoFormat.Quote(role.Text("name") ?? ""));
        return serverVersion.IsLegacy
            ? $"rbac.RoleRef{{APIGroup:{group}, Kind:{kind}, Name:{name}}}"
            : $"{{\"APIGroup\":{group},\"Kind\":{kind},\"Name\":{name}}}";
    }
}
