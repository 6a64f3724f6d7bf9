using System.Buffers;
using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Client.Tokens;

/// <summary>
/// A JSON Web Token taken apart (RFC 7515, RFC 7519), not verified. The library's JsonWebToken is not used for it:
/// it refuses a whole token for one claim of an unexpected type, and such a token is what people want explained.
/// A class and no record: a record's ToString would print the signature.
/// </summary>
internal sealed class Jwt
{
    private const int LongestText = 1024 * 1024;

    private static readonly SearchValues<char> Base64UrlCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private Jwt(JsonElement header, JsonElement? payload, string signed, string signature)
    {
        Header = header;
        Payload = payload;
        Signed = signed;
        Signature = signature;
    }

    /// <summary>The JOSE header; always an object.</summary>
    internal JsonElement Header { get; }

    /// <summary>The claims; null where the token is encrypted (RFC 7516).</summary>
    internal JsonElement? Payload { get; }

    /// <summary>What the signature is over: header and payload as they stand in the token.</summary>
    internal string Signed { get; }

    /// <summary>The signature as it stands in the token, in base64url, perhaps empty.</summary>
    internal string Signature { get; }

    /// <summary>How many bytes the signature stands for; null where the token is encrypted and has none.</summary>
    internal int? SignatureBytes => Payload is null ? null : Signature.Length * 3 / 4;

    /// <summary>Takes a token apart; InvalidToken, without the text, where it is none.</summary>
    internal static Jwt Parse(string text)
    {
        if (text.Length > LongestText)
        {
            throw Invalid($"it is {text.Length} characters long, and no token is longer than {LongestText}");
        }

        var token = TokenText.Trim(text);
        if (token.Length == 0)
        {
            throw Invalid("it is empty");
        }

        if (TokenText.Fault(token) is { } fault)
        {
            throw Invalid(fault);
        }

        var parts = token.Split('.');
        return parts.Length switch
        {
            3 => SignedOf(parts),
            5 => Encrypted(parts),
            1 when LooksEncoded(token) => throw Invalid(
                "it looks like a token in base64, as it stands in a Secret; decode it first, or give the Secret to ConvertFrom-SaTokenSecret"),
            _ => throw Invalid($"a JSON Web Token (RFC 7519) has three parts separated by dots, and this has {parts.Length}"),
        };
    }

    private static Jwt SignedOf(string[] parts)
    {
        var header = Decode(parts[0], "header");
        var payload = Decode(parts[1], "payload");
        RequireBase64Url(parts[2], "signature");
        return new Jwt(header, payload, $"{parts[0]}.{parts[1]}", parts[2]);
    }

    // Two tokens in a row have five parts, too: a dot between the first's signature and the second's payload.
    private static Jwt Encrypted(string[] parts)
    {
        var header = Decode(parts[0], "header");
        if (Claims.Text(header, "enc") is null)
        {
            throw Invalid("it has five parts, but its header names no encryption (enc, RFC 7516): perhaps a token was pasted twice, or text follows it");
        }

        foreach (var part in parts[1..])
        {
            RequireBase64Url(part, "encrypted part");
        }

        return new Jwt(header, null, string.Empty, string.Empty);
    }

    private static JsonElement Decode(string part, string name)
    {
        try
        {
            RequireBase64Url(part, name);
            var json = new Utf8JsonReader(DecodeBase64Url(part));
            var root = JsonElement.ParseValue(ref json);
            if (!json.Read() && root.ValueKind == JsonValueKind.Object)
            {
                return root;
            }
        }
        catch (FormatException)
        {
            throw Invalid($"its {name} is not base64url");
        }
        catch (JsonException)
        {
            throw Invalid($"its {name} is not JSON");
        }

        throw Invalid($"its {name} is not a JSON object");
    }

    // Base64url (RFC 4648, section 5) by the platform: the token library takes longer to load than all else that a pod's check does.
    private static byte[] DecodeBase64Url(string text) =>
        Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));

    // As strict as the API server (Go's RawURLEncoding): it takes neither padding nor the alphabet of plain base64.
    private static void RequireBase64Url(string part, string name)
    {
        var at = part.AsSpan().IndexOfAnyExcept(Base64UrlCharacters);
        if (at >= 0)
        {
            throw Invalid(part[at] is '=' or '+' or '/'
                ? $"its {name} has '{part[at]}', which belongs to plain base64 and not to the base64url of tokens; API servers refuse it"
                : $"its {name} is not base64url: it has '{part[at]}' at character {at + 1} of {part.Length}");
        }
    }

    // {" in base64 is eyJ, and that in base64 again is ZXlK.
    private static bool LooksEncoded(string token) => token.StartsWith("ZXlK", StringComparison.Ordinal);

    private static KubeApiException Invalid(string why) =>
        new(FailureKind.InvalidToken, $"The text is not a service-account token: {why}.");
}
