using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace KubeSa.Client.Tokens;

/// <summary>
/// Verifies a token's signature (RFC 7515) as API servers do: whatever the key id says, every key is tried, as 1.20
/// does, and that the id is unknown, for which 1.36 refuses a token, is told beside it.
/// </summary>
internal static class SignatureVerifier
{
    private static readonly HashSet<string> Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>InvalidToken where the token is not a JWT; what cannot verify for another reason does not verify.</summary>
    internal static SignatureEvidence Verify(string token, IReadOnlyList<SecurityKey> keys)
    {
        var jwt = Jwt.Parse(token);
        var keyId = Claims.Text(jwt.Header, "kid");
        var algorithm = Claims.Text(jwt.Header, "alg");
        var verifiedBy = keys.FirstOrDefault(key => Verifies(jwt, algorithm, key));
        var named = keyId is null ? null : keys.FirstOrDefault(key => key.KeyId == keyId);
        var bits = named is null ? null : VerificationKeys.UsableBits(named);
        return new SignatureEvidence
        {
            ServerKeyIds = [.. keys.Select(k => k.KeyId).Where(id => !string.IsNullOrEmpty(id))],
            TokenKeyId = keyId,
            KeyIdKnown = keyId is null ? null : keys.Any(k => k.KeyId == keyId),
            Algorithm = algorithm,
            Verified = verifiedBy is not null,
            VerifiedByKeyId = verifiedBy?.KeyId,
            NamedKeyUnusable = named is not null && bits is null,
            Bytes = jwt.SignatureBytes,
            ExpectedBytes = bits is { } size ? SignatureLength.OfKey(algorithm, size) : null,
        };
    }

    private static bool Verifies(Jwt jwt, string? algorithm, SecurityKey key)
    {
        // Only signatures by key pairs: with alg HS256 anybody could sign with the public key's text, with none nobody need.
        if (algorithm is null || !Algorithms.Contains(algorithm) || !Ascii.IsValid(jwt.Signature))
        {
            return false;
        }

        var factory = new CryptoProviderFactory { CacheSignatureProviders = false };
        if (!factory.IsSupportedAlgorithm(algorithm, key))
        {
            return false;
        }

        try
        {
            using var provider = factory.CreateForVerifying(key, algorithm);
            return provider.Verify(Encoding.ASCII.GetBytes(jwt.Signed), Base64UrlEncoder.DecodeBytes(jwt.Signature));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or CryptographicException
            or NotSupportedException or InvalidOperationException)
        {
            // A key of a size or curve that does not go with the algorithm, or a signature that is no base64url:
            // this key did not make this signature.
            return false;
        }
    }
}
