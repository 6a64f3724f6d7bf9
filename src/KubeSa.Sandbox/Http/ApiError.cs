using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Http;

/// <summary>A refusal as the API server words it: what becomes a Status object on the wire.</summary>
public sealed class ApiError(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Code { get; } = code;

    /// <summary>The machine-readable reason, such as NotFound; may be empty.</summary>
    public string Reason { get; } = reason;

    /// <summary>The details object, or null for none.</summary>
    public JsonObject? Details { get; } = details;

    /// <summary>Seconds for the Retry-After header; null for no header.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Whether the message alone is sent, as text: what goes wrong before there is a Status.</summary>
    public bool IsPlainText { get; init; }

    /// <summary>Where a list may go on although its version is gone.</summary>
    public string? Continue { get; init; }

    /// <summary>The Status object.</summary>
    public JsonObject ToStatus()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = Continue is null ? new JsonObject() : new JsonObject { ["continue"] = Continue },
            ["status"] = "Failure",
        };
        if (Message.Length > 0)
        {
            status["message"] = Message;
        }

        if (Reason.Length > 0)
        {
            status["reason"] = Reason;
        }

        if (Details is not null)
        {
            status["details"] = Details.DeepClone();
        }

        status["code"] = Code;
        return status;
    }

    public static ApiError Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static ApiError NotFound(ResourceType type, string name) =>
        new(404, "NotFound", $"{type.QualifiedName} \"{name}\" not found", DetailsOf(type, name));

    /// <summary>No such path below an API group that exists.</summary>
    public static ApiError NoSuchResource() =>
        new(404, "NotFound", "the server could not find the requested resource", []);

    public static ApiError MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    public static ApiError AlreadyExists(ResourceType type, string name) =>
        new(409, "AlreadyExists", $"{type.QualifiedName} \"{name}\" already exists", DetailsOf(type, name));

    public static ApiError Conflict(ResourceType type, string name, string message) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.QualifiedName} \"{name}\": {message}", DetailsOf(type, name));

    public static ApiError BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiError Internal(string message) =>
        new(500, "InternalError", $"Internal error occurred: {message}", new JsonObject
        {
            ["causes"] = new JsonArray(new JsonObject { ["message"] = message }),
        });

    /// <summary>Refused by an authorizer: worded by what was asked.</summary>
    public static ApiError Forbidden(UserInfo user, AccessAttributes asked, string reason = "")
    {
        var because = reason.Length == 0 ? "" : $": {reason}";
        if (!asked.IsResource)
        {
            return new(403, "Forbidden", $"forbidden: User \"{user.Name}\" cannot {asked.Verb} path \"{asked.Path}\"{because}", []);
        }

        var resource = asked.Subresource.Length == 0 ? asked.Resource : $"{asked.Resource}/{asked.Subresource}";
        var where = asked.Namespace.Length == 0 ? "at the cluster scope" : $"in the namespace \"{asked.Namespace}\"";
        return Forbidden(
            asked.Group,
            asked.Resource,
            asked.Name,
            $"User \"{user.Name}\" cannot {asked.Verb} resource \"{resource}\" in API group \"{asked.Group}\" {where}{because}");
    }

    /// <summary>Refused for another reason, such as admission: <c>pods "x" is forbidden: message</c>.</summary>
    public static ApiError Forbidden(string group, string resource, string name, string message)
    {
        var qualified = group.Length == 0 ? resource : $"{resource}.{group}";
        var subject = name.Length == 0 ? qualified : $"{qualified} \"{name}\"";
        return new(403, "Forbidden", $"{subject} is forbidden: {message}", DetailsOf(group, resource, name));
    }

    /// <summary>The name, group and kind (which is the plural) that a refusal is about, as far as they are known.</summary>
    public static JsonObject DetailsOf(ResourceType type, string name) => DetailsOf(type.Group, type.Name, name);

    private static JsonObject DetailsOf(string group, string resource, string name)
    {
        var details = new JsonObject();
        if (name.Length > 0)
        {
            details["name"] = name;
        }

        if (group.Length > 0)
        {
            details["group"] = group;
        }

        if (resource.Length > 0)
        {
            details["kind"] = resource;
        }

        return details;
    }
}
