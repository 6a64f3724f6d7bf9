using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;

namespace KubeSa.Sandbox.Audit;

/// <summary>Writes the audit log: an event a line, each at once, so that a reader can follow it.</summary>
internal sealed class AuditLog : IDisposable
{
    public const string Started = "ResponseStarted";
    public const string Completed = "ResponseComplete";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly object _gate = new();
    private readonly FileStream _file;
    private readonly ServerVersion _version;
    private readonly TimeProvider _time;

    public AuditLog(string path, string policy, ServerVersion version, TimeProvider time)
    {
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1);
        Policy = new AuditPolicy(policy);
        _version = version;
        _time = time;
    }

    public AuditPolicy Policy { get; }

    public DateTimeOffset Now => _time.GetUtcNow();

    public void Write(AuditRecord record, HttpContext http, string stage)
    {
        if (!Policy.Logs(record.Info, record.User?.Name ?? ""))
        {
            return;
        }

        // As Go writes it: these three never stand in JSON as they are.
        var line = EventOf(record, http, stage).ToJsonString(Plain)
            .Replace("&", "\\u0026", StringComparison.Ordinal).Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal);
        lock (_gate)
        {
            _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
            _file.Flush();
        }
    }

    public void Dispose() => _file.Dispose();

    private JsonObject EventOf(AuditRecord record, HttpContext http, string stage)
    {
        var request = http.Request;
        var fields = new JsonObject
        {
            ["kind"] = "Event",
            ["apiVersion"] = "audit.k8s.io/v1",
            ["level"] = "Metadata",
            ["auditID"] = record.Id,
            ["stage"] = stage,
            ["requestURI"] = request.Path.ToUriComponent() + request.QueryString.ToUriComponent(),
            ["verb"] = record.Info.Verb,
            ["user"] = record.User is { } user ? UserOf(user) : new JsonObject(),
        };
        if (record.Impersonated is { } other)
        {
            fields["impersonatedUser"] = UserOf(other);
        }

        if (record.Constraint is { } constraint)
        {
            fields["authenticationMetadata"] = new JsonObject { ["impersonationConstraint"] = constraint };
        }

        fields["sourceIPs"] = new JsonArray(http.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1");
        if (request.Headers.UserAgent.ToString() is { Length: > 0 } agent)
        {
            fields["userAgent"] = agent;
        }

        if (record.Info.IsResource)
        {
            fields["objectRef"] = ObjectOf(record);
        }

        fields["responseStatus"] = StatusOf(record, http.Response.StatusCode);
        fields["requestReceivedTimestamp"] = Stamp(record.Received);
        fields["stageTimestamp"] = Stamp(Now);
        if (record.Annotations.Count > 0)
        {
            var annotations = new JsonObject();
            foreach (var (key, value) in record.Annotations)
            {
                annotations[key] = value;
            }

            fields["annotations"] = annotations;
        }

        return fields;
    }

    private static JsonObject UserOf(UserInfo user)
    {
        var fields = new JsonObject { ["username"] = user.Name };
        if (user.Uid.Length > 0)
        {
            fields["uid"] = user.Uid;
        }

        if (user.Groups.Count > 0)
        {
            fields["groups"] = new JsonArray([.. user.Groups.Select(group => (JsonNode)group)]);
        }

        if (user.Extra.Count > 0)
        {
            var extra = new JsonObject();
            foreach (var (key, values) in user.Extra.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                extra[key] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
            }

            fields["extra"] = extra;
        }

        return fields;
    }

    private static JsonObject ObjectOf(AuditRecord record)
    {
        var about = new JsonObject();
        foreach (var (field, value) in new[]
        {
            ("resource", record.Info.Resource), ("namespace", record.Info.Namespace), ("name", record.Name), ("apiGroup", record.Info.Group),
            ("apiVersion", record.Info.Version), ("resourceVersion", record.ResourceVersion), ("subresource", record.Info.Subresource),
        })
        {
            if (value.Length > 0)
            {
                about[field] = value;
            }
        }

        return about;
    }

    private JsonObject StatusOf(AuditRecord record, int code)
    {
        var status = new JsonObject { ["metadata"] = new JsonObject() };
        foreach (var field in (string[])["status", "message", "reason", "details"])
        {
            // The older server leaves out what may say too much.
            if (record.Status?[field] is { } value && !(_version.IsLegacy && field is "message" or "details"))
            {
                status[field] = value.DeepClone();
            }
        }

        status["code"] = code;
        return status;
    }

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
