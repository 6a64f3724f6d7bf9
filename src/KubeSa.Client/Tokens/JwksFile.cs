using System.Text.Json;
using KubeSa.Api;
using Microsoft.IdentityModel.Tokens;

namespace KubeSa.Client.Tokens;

/// <summary>
/// Reads a file of keys that a person names: a JWKS (RFC 7517, section 5) or one JWK. A file without a key that verifies tokens
/// must not pass for one whose keys do not fit, so it is refused for what it is.
/// </summary>
internal static class JwksFile
{
    internal static IReadOnlyList<SecurityKey> Read(string text)
    {
        using var document = Parse(text);
        var root = document.RootElement;
        var keys = Keys(root);
        return keys.Any(key => VerificationKeys.UsableBits(key) is not null)
            ? keys
            : throw Invalid($"it has no RSA or ECDSA key: {string.Join(", ", keys.Select(Describe))}");
    }

    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text.Trim('\uFEFF', ' ', '\r', '\n', '\t'));
        }
        catch (JsonException)
        {
            throw Invalid(text.Contains("-----BEGIN", StringComparison.Ordinal) ? "it holds PEM and no JSON; give it to -PublicKey" : "it is not JSON");
        }
    }

    private static IReadOnlyList<SecurityKey> Keys(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Invalid("it is not a JSON object");
        }

        if (root.TryGetProperty("kty", out _))
        {
            return FromSet($$"""{"keys":[{{root.GetRawText()}}]}""");
        }

        if (!root.TryGetProperty("keys", out var keys))
        {
            throw Invalid(root.TryGetProperty("jwks_uri", out _)
                ? "it is the discovery document (/.well-known/openid-configuration); the keys are at its jwks_uri: kubectl get --raw /openid/v1/jwks"
                : "it has no 'keys'");
        }

        return keys.ValueKind == JsonValueKind.Array && keys.GetArrayLength() == 0
            ? throw Invalid("its 'keys' are empty")
            : FromSet(root.GetRawText());
    }

    private static IReadOnlyList<SecurityKey> FromSet(string jwks)
    {
        try
        {
            return VerificationKeys.FromJwks(jwks);
        }
        catch (KubeApiException)
        {
            throw Invalid("it is not a JSON Web Key Set (RFC 7517)");
        }
    }

    private static string Describe(SecurityKey key) => key switch
    {
        JsonWebKey { Kty: "OKP" } jwk => $"a key of kind OKP ({jwk.Crv}), by which no API server signs",
        JsonWebKey { Kty: "oct" } => "a shared secret (oct)",
        JsonWebKey { Kty: "RSA" or "EC" } jwk => $"a key of kind {jwk.Kty} that is broken or of a curve that is not supported",
        JsonWebKey jwk => $"a key of kind '{jwk.Kty}'",
        _ => "a key",
    };

    private static KubeApiException Invalid(string why) => new(FailureKind.InvalidRequest, $"{char.ToUpperInvariant(why[0])}{why[1..]}.");
}
