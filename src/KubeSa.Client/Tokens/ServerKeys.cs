using KubeSa.Api;
using Microsoft.IdentityModel.Tokens;

namespace KubeSa.Client.Tokens;

/// <summary>Tokens held against the keys that a server shows.</summary>
internal static class ServerKeys
{
    internal static SignatureLookup Verify(string token, string jwks)
    {
        var (keys, problem) = Read(jwks);
        return new SignatureLookup(keys is null ? null : SignatureVerifier.Verify(token, keys), problem);
    }

    internal static SignatureLookup Find(TokenInfo info, string jwks)
    {
        var (keys, problem) = Read(jwks);
        return new SignatureLookup(
            keys is null
                ? null
                : new SignatureEvidence
                {
                    ServerKeyIds = [.. keys.Select(key => key.KeyId).Where(id => !string.IsNullOrEmpty(id))],
                    TokenKeyId = info.KeyId,
                    KeyIdKnown = info.KeyId is null ? null : keys.Any(key => key.KeyId == info.KeyId),
                    Algorithm = info.Algorithm,
                    Untried = true,
                },
            problem);
    }

    // Without a key that verifies tokens a set tells nothing of the token, and least of all that its key is unknown.
    private static (IReadOnlyList<SecurityKey>? Keys, string? Problem) Read(string jwks)
    {
        try
        {
            var keys = VerificationKeys.FromJwks(jwks);
            return keys.Any(key => VerificationKeys.UsableBits(key) is not null)
                ? (keys, null)
                : (null, "The server shows no keys that verify tokens.");
        }
        catch (KubeApiException e)
        {
            return (null, e.Message);
        }
    }
}
