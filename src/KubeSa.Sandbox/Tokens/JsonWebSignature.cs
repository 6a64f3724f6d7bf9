using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Tokens;

/// <summary>
/// A JSON Web Signature in compact form (RFC 7515). Written on the base library: loading a token library would cost
/// the sandbox a noticeable part of its start.
/// </summary>
internal sealed class JsonWebSignature
{
    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private JsonWebSignature(JsonObject header, JsonObject claims, byte[] signed, byte[] signature)
    {
        Header = header;
        Claims = claims;
        _signed = signed;
        _signature = signature;
    }

    public JsonObject Header { get; }

    public JsonObject Claims { get; }

    public string? Algorithm => Text(Header, "alg");

    public string? KeyId => Text(Header, "kid");

    public string? Issuer => Text(Claims, "iss");

    /// <summary>RFC 7519 allows one audience as bare text.</summary>
    public IReadOnlyList<string> Audiences => Claims["aud"] switch
    {
        JsonArray list => [.. list.OfType<JsonValue>().Select(item => item.TryGetValue<string>(out var text) ? text : "")],
        JsonValue => [Text(Claims, "aud") ?? ""],
        _ => [],
    };

    public static string Sign(SigningKey key, JsonObject claims) =>
        Sign(key, claims, new JsonObject { ["alg"] = "RS256", ["kid"] = key.Id });

    public static string Sign(SigningKey key, JsonObject claims, JsonObject header)
    {
        var signed = Part(header) + "." + Part(claims);
        return signed + "." + Base64Url.Encode(key.Sign(Encoding.ASCII.GetBytes(signed)));
    }

    public static JsonWebSignature? TryParse(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3
            || TryReadObject(parts[0]) is not { } header
            || TryReadObject(parts[1]) is not { } claims
            || Base64Url.TryDecode(parts[2]) is not { } signature)
        {
            return null;
        }

        return new JsonWebSignature(header, claims, Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), signature);
    }

    /// <summary>The one extension that the server knows is b64 (RFC 7797); a token that demands another does not verify.</summary>
    public bool VerifiesWith(SigningKey key) => Algorithm == "RS256" && !DemandsMore(Header) && key.Verifies(_signed, _signature);

    /// <summary>The value of a claim that is text; null where it is missing or something else.</summary>
    public static string? Text(JsonObject claims, string name) =>
        claims[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // Whoever prints this by accident must not print a credential.
    public override string ToString() => nameof(JsonWebSignature);

    private static bool DemandsMore(JsonObject header) =>
        header.ContainsKey("crit") && (header["crit"] is not JsonArray names || names.Any(name => name is not JsonValue text || !text.TryGetValue<string>(out var known) || known != "b64"));

    private static string Part(JsonObject json) => Base64Url.Encode(Json.ToUtf8(json));

    private static JsonObject? TryReadObject(string part)
    {
        if (Base64Url.TryDecode(part) is not { } bytes)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(bytes) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
