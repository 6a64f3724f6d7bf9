using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Audit;

/// <summary>What is noted of one request while it is answered.</summary>
internal sealed class AuditRecord(RequestInfo info, DateTimeOffset received)
{
    public RequestInfo Info { get; } = info;

    public DateTimeOffset Received { get; } = received;

    public string Id { get; init; } = Guid.NewGuid().ToString();

    /// <summary>Who asked; null where the credentials were refused.</summary>
    public UserInfo? User { get; set; }

    /// <summary>As whom; null for the user itself.</summary>
    public UserInfo? Impersonated { get; set; }

    /// <summary>The right that impersonation used, where it is a constrained one.</summary>
    public string? Constraint { get; set; }

    public SortedDictionary<string, string> Annotations { get; } = new(StringComparer.Ordinal);

    /// <summary>The name in the body of a create, as the client gave it.</summary>
    public string Name { get; private set; } = info.Name;

    public string ResourceVersion { get; private set; } = "";

    /// <summary>The Status that was the answer; null for all other answers.</summary>
    public JsonObject? Status { get; private set; }

    /// <summary>The record of a request; null where none is written.</summary>
    public static AuditRecord? Of(HttpContext http) => http.Features.Get<AuditRecord>();

    /// <summary>Notes what the body says of the object.</summary>
    public static void Sent(HttpContext http, JsonObject body)
    {
        if (Of(http) is { } record)
        {
            record.Name = record.Name.Length > 0 || record.Info.Subresource.Length > 0 ? record.Name : body.Text("metadata", "name") ?? "";
            record.ResourceVersion = record.Info.Verb == "update" ? body.Text("metadata", "resourceVersion") ?? "" : "";
        }
    }

    /// <summary>Notes an answer, if it is a Status.</summary>
    public static void Answered(HttpContext http, JsonNode body)
    {
        if (Of(http) is { } record && body is JsonObject status && status.Text("kind") == "Status")
        {
            record.Status = status;
        }
    }

    /// <summary>Adds a word of whoever took part.</summary>
    public static void Annotate(HttpContext http, string key, string value)
    {
        if (Of(http) is { } record)
        {
            record.Annotations[key] = value;
        }
    }
}
