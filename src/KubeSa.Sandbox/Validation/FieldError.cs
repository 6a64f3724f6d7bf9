using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Validation;

/// <summary>What is wrong with one field: the reason of the cause (FieldValueInvalid, ...), and the words.</summary>
public sealed record FieldError(string Field, string Reason, string Message)
{
    public static FieldError Required(string field, string detail = "") =>
        new(field, "FieldValueRequired", detail.Length == 0 ? "Required value" : $"Required value: {detail}");

    public static FieldError Invalid(string field, string value, string detail) => InvalidShown(field, $"\"{value}\"", detail);

    /// <summary>The same for what is no text; <paramref name="value"/> as the server prints it.</summary>
    public static FieldError InvalidShown(string field, string value, string detail) =>
        new(field, "FieldValueInvalid", $"Invalid value: {value}: {detail}");

    public static FieldError Forbidden(string field, string detail) => new(field, "FieldValueForbidden", $"Forbidden: {detail}");

    /// <summary>A value outside of a fixed set; <paramref name="value"/> as the server prints it, quotes included.</summary>
    public static FieldError NotSupported(string field, string value, params IEnumerable<string> supported) =>
        new(field, "FieldValueNotSupported", $"Unsupported value: {value}: supported values: {string.Join(", ", supported.Select(s => $"\"{s}\""))}");

    /// <summary>The 422 for an object of a kind: every error a cause, each message once in the text.</summary>
    public static ApiError ToApiError(string group, string kind, string name, IReadOnlyList<FieldError> errors)
    {
        var texts = errors.Select(e => $"{e.Field}: {e.Message}").Distinct().ToList();
        var text = texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
        var details = new JsonObject();
        if (name.Length > 0)
        {
            details["name"] = name;
        }

        if (group.Length > 0)
        {
            details["group"] = group;
        }

        if (kind.Length > 0)
        {
            details["kind"] = kind;
        }

        details["causes"] = new JsonArray([.. errors.Select(e => new JsonObject { ["reason"] = e.Reason, ["message"] = e.Message, ["field"] = e.Field })]);
        var qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        return new ApiError(422, "Invalid", $"{qualified} \"{name}\" is invalid: {text}", details);
    }
}
