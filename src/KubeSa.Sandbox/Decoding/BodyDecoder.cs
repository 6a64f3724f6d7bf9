using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Protobuf;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Schemas;

namespace KubeSa.Sandbox.Decoding;

/// <summary>Makes an object of a request body, and refuses what is none, in the words of the dialect.</summary>
internal sealed class BodyDecoder(ApiRequest request)
{
    private const string MediaTypes = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    private readonly ServerVersion _serverVersion = request.State.ServerVersion;

    /// <summary>The body, whole.</summary>
    public static async Task<byte[]> ReadAsync(ApiRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Http.Request.Body.CopyToAsync(buffer, request.Http.RequestAborted);
        return buffer.ToArray();
    }

    /// <summary>The body as JSON, whatever it was sent as; throws 415 for a media type that is not known.</summary>
    public byte[] ToJson(byte[] body)
    {
        var mediaType = (request.Http.Request.ContentType ?? "application/json").Split(';')[0].Trim();
        return mediaType switch
        {
            "application/json" or "" => body,
            "application/yaml" => Yaml.ToJson(body),
            ProtobufBody.MediaType => FromProtobuf(body),
            _ => throw Unsupported(),
        };
    }

    private static byte[] FromProtobuf(byte[] body)
    {
        try
        {
            return ProtobufBody.ToJson(body) ?? throw Unsupported();
        }
        catch (FormatException e)
        {
            throw ApiError.BadRequest($"the body of the request is not {ProtobufBody.MediaType}: {e.Message}");
        }
    }

    private static ApiError Unsupported() =>
        new(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: {MediaTypes}");

    /// <summary>The object, which must be of the kind (or of none said); kind and apiVersion are set.</summary>
    public JsonObject Decode(byte[] body, Expected expected)
    {
        var json = ToJson(body);
        if (GoJson.Check(json) is { } problem)
        {
            throw ApiError.BadRequest(
                $"the object provided is unrecognized (must be of type {expected.Kind}): couldn't get version/kind; json parse error: {problem} ({Summary(json)})");
        }

        var (kind, apiVersion) = KindOf(json);
        kind = kind.Length == 0 ? expected.Kind : kind;
        apiVersion = apiVersion.Length == 0 ? expected.ApiVersion : apiVersion;
        CheckKind(kind, apiVersion, expected);
        var decoded = DecodeAs(json, kind, apiVersion, expected.Kind);
        decoded.Remove("kind");
        decoded.Remove("apiVersion");
        var whole = new JsonObject { ["kind"] = kind, ["apiVersion"] = apiVersion };
        foreach (var (name, value) in decoded.ToArray())
        {
            decoded.Remove(name);
            whole[name] = value;
        }

        return whole;
    }

    /// <summary>Reads an object again after it was patched: types are checked, unknown fields dropped and complained of.</summary>
    public JsonObject Recheck(JsonObject patched, string kind, string apiVersion) => DecodeAs(Json.ToUtf8(patched), kind, apiVersion, kind);

    private JsonObject DecodeAs(byte[] json, string kind, string apiVersion, string expectedKind)
    {
        var version = apiVersion[(apiVersion.LastIndexOf('/') + 1)..];
        var reader = new TypedReader(json, _serverVersion.IsLegacy ? new JsonIteratorWording() : new EncodingJsonWording());
        try
        {
            var decoded = reader.Read(AllSchemas.Find(kind));
            Complain(reader.Complaints, $"{kind} in version \"{version}\" cannot be handled as a {expectedKind}: strict decoding error: ");
            return decoded;
        }
        catch (FormatException e)
        {
            throw ApiError.BadRequest($"{kind} in version \"{version}\" cannot be handled as a {expectedKind}: {e.Message}");
        }
    }

    // Strict refuses, Warn (which is the default since 1.25) warns, 1.20 knows neither.
    private void Complain(List<string> complaints, string intoError)
    {
        var validation = request.Info.Parameter("fieldValidation");
        if (_serverVersion.IsLegacy || complaints.Count == 0 || validation == "Ignore")
        {
            return;
        }

        if (validation == "Strict")
        {
            throw ApiError.BadRequest(intoError + string.Join(", ", complaints));
        }

        foreach (var complaint in complaints)
        {
            request.Warn(complaint);
        }
    }

    private void CheckKind(string kind, string apiVersion, Expected expected)
    {
        // Another served version that has the kind is converted; the objects the sandbox keeps have the same fields in all of them.
        var isKnown = request.State.Types.All.Any(t => t.Kind == kind && t.ApiVersion == apiVersion);
        if (kind == expected.Kind && (apiVersion == expected.ApiVersion || (isKnown && GroupOf(apiVersion) == GroupOf(expected.ApiVersion))))
        {
            return;
        }

        var version = apiVersion[(apiVersion.LastIndexOf('/') + 1)..];
        throw ApiError.BadRequest($"{kind} in version \"{version}\" cannot be handled as a {expected.Kind}: " + (isKnown
            ? $"converting ({version}.{kind}) to ({expected.Package}.{expected.Kind}): unknown conversion"
            : $"no kind \"{kind}\" is registered for version \"{apiVersion}\" in scheme \"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\""));
    }

    private static string GroupOf(string apiVersion) => apiVersion.Contains('/', StringComparison.Ordinal) ? apiVersion[..apiVersion.IndexOf('/', StringComparison.Ordinal)] : "";

    private static (string Kind, string ApiVersion) KindOf(byte[] json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            return ("", "");
        }

        string Of(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == System.Text.Json.JsonValueKind.String ? value.GetString()! : "";
        return (Of("kind"), Of("apiVersion"));
    }

    private static string Summary(byte[] body)
    {
        if (body.Length == 0)
        {
            return "<empty>";
        }

        var shown = body.Length > 30 ? body[..30] : body;
        var text = body[0] == '{' ? System.Text.Encoding.UTF8.GetString(shown) : Convert.ToHexString(shown).ToLowerInvariant();
        return body.Length > 30 ? text + " ..." : text;
    }
}

/// <summary>The kind a path takes, and the Go package it is converted to.</summary>
internal sealed record Expected(string Kind, string ApiVersion, string Package)
{
    public static Expected Of(ResourceType type) => new(type.Kind, type.ApiVersion, PackageOf(type.Group));

    public static Expected Of(ResourceType type, Subresource subresource)
    {
        var group = subresource.Group.Length == 0 ? type.Group : subresource.Group;
        var version = subresource.Version.Length == 0 ? type.Version : subresource.Version;
        return new(subresource.Kind, group.Length == 0 ? version : $"{group}/{version}", PackageOf(group));
    }

    private static string PackageOf(string group) => group.Length == 0 ? "core" : group.Split('.')[0];
}
