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
    private const string Scheme = "Bearer";

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

    /// <summary>The signature as it stands in the token, in base64url, perhaps empty or none.</summary>
    internal string Signature { get; }

    /// <summary>Whether a character may stand in base64url.</summary>
    internal static bool IsBase64Url(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '=';

    /// <summary>How many bytes a text in base64url stands for.</summary>
    internal static int BytesIn(string text) => text.TrimEnd('=').Length * 3 / 4;

    /// <summary>Takes a token apart; InvalidToken, without the text, where it is none.</summary>
    internal static Jwt Parse(string text)
    {
        if (text.Length > LongestText)
        {
            throw Invalid($"it is {text.Length} characters long, and no token is longer than {LongestText}");
        }

        var token = text.Trim();
        if (token.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && (token.Length == Scheme.Length || char.IsWhiteSpace(token[Scheme.Length])))
        {
            token = token[Scheme.Length..].TrimStart();
        }

        if (token.Length == 0)
        {
            throw Invalid("it is empty");
        }

        var parts = token.Split('.');
        return parts.Length switch
        {
            3 => new Jwt(Decode(parts[0], "header"), Decode(parts[1], "payload"), $"{parts[0]}.{parts[1]}", parts[2]),
            5 => new Jwt(Decode(parts[0], "header"), null, string.Empty, string.Empty),
            1 when LooksEncoded(token) => throw Invalid(
                "it looks like a token in base64, as it stands in a Secret; decode it first, or give the Secret to ConvertFrom-SaTokenSecret"),
            _ => throw Invalid($"a JSON Web Token (RFC 7519) has three parts separated by dots, and this has {parts.Length}"),
        };
    }

    private static JsonElement Decode(string part, string name)
    {
        try
        {
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

        throw Invalid($"its {name} is no JSON object");
    }

    // Base64url (RFC 4648, section 5) by the platform: the token library takes longer to load than all else that a pod's check does.
    private static byte[] DecodeBase64Url(string text)
    {
        if (!text.All(IsBase64Url))
        {
            throw new FormatException("A character is not one of base64url.");
        }

        var bare = text.TrimEnd('=');
        return Convert.FromBase64String(bare.Replace('-', '+').Replace('_', '/').PadRight((bare.Length + 3) / 4 * 4, '='));
    }

    // {" in base64 is eyJ, and that in base64 again is ZXlK.
    private static bool LooksEncoded(string token) => token.StartsWith("ZXlK", StringComparison.Ordinal);

    private static KubeApiException Invalid(string why) =>
        new(FailureKind.InvalidToken, $"The text is no service-account token: {why}.");
}
