using System.Text.Json.Nodes;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Reviews;

/// <summary>What the spec of an access review must hold.</summary>
internal static class AccessReviewRules
{
    public static IEnumerable<FieldError> ProblemsOf(JsonObject spec, ServerVersion serverVersion)
    {
        var resource = spec["resourceAttributes"] as JsonObject;
        var path = spec["nonResourceAttributes"] as JsonObject;
        if (resource is not null && path is not null)
        {
            yield return FieldError.InvalidShown(
                "spec.nonResourceAttributes", Show(path, serverVersion), "cannot be specified in combination with resourceAttributes");
        }

        if (resource is null && path is null)
        {
            yield return FieldError.InvalidShown(
                "spec.resourceAttributes",
                serverVersion.IsLegacy ? "\"null\"" : "null",
                "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
    }

    public static IEnumerable<FieldError> ProblemsOfSubject(JsonObject spec)
    {
        if (string.IsNullOrEmpty(spec.Text("user")) && spec["groups"] is not JsonArray { Count: > 0 })
        {
            yield return FieldError.InvalidShown("spec.user", "\"\"", "at least one of user or group must be specified");
        }
    }

    /// <summary>A local review is about its own namespace alone.</summary>
    public static IEnumerable<FieldError> ProblemsOfNamespace(JsonObject spec, string ns)
    {
        if (spec["resourceAttributes"] is JsonObject resource && (resource.Text("namespace") ?? "") != ns)
        {
            yield return FieldError.InvalidShown(
                "spec.resourceAttributes.namespace", GoFormat.Quote(resource.Text("namespace") ?? ""), "must match metadata.namespace");
        }

        if (spec["nonResourceAttributes"] is JsonObject)
        {
            yield return FieldError.InvalidShown("spec.nonResourceAttributes", "{}", "disallowed on this kind of request");
        }
    }

    private static string Show(JsonObject attributes, ServerVersion serverVersion)
    {
        var (path, verb) = (GoFormat.Quote(attributes.Text("path") ?? ""), GoFormat.Quote(attributes.Text("verb") ?? ""));
        return serverVersion.IsLegacy
            ? $"authorization.NonResourceAttributes{{Path:{path}, Verb:{verb}}}"
            : $"{{\"Path\":{path},\"Verb\":{verb}}}";
    }
}
