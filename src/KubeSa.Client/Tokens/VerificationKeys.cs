using System.Security.Cryptography;
using KubeSa.Api;
using Microsoft.IdentityModel.Tokens;

namespace KubeSa.Client.Tokens;

/// <summary>Reads the keys that verify tokens.</summary>
internal static class VerificationKeys
{
    /// <summary>The keys of a JWKS (RFC 7517) as a server shows it, usable or not; ProtocolError where the text is none.</summary>
    internal static IReadOnlyList<SecurityKey> FromJwks(string jwks)
    {
        try
        {
            return [.. new JsonWebKeySet(jwks).Keys];
        }
        catch (ArgumentException)
        {
            throw new KubeApiException(FailureKind.ProtocolError, "The text is not a JSON Web Key Set (RFC 7517).");
        }
    }

    /// <summary>The keys of a file with a JWKS or a single JWK; InvalidRequest, which says what the file is, where no key in it verifies tokens.</summary>
    internal static IReadOnlyList<SecurityKey> FromJwksFile(string text) => JwksFile.Read(text);

    /// <summary>
    /// The public keys of a PEM text (RFC 7468), of public and private keys and of certificates, under the ids that API
    /// servers give them: the SHA-256 of the key. InvalidRequest where there is none.
    /// </summary>
    internal static IReadOnlyList<SecurityKey> FromPem(string pem) => PemKeys.Read(pem);

    /// <summary>How many bits the key has; null where it cannot verify tokens: of another kind, or broken.</summary>
    internal static int? UsableBits(SecurityKey key)
    {
        try
        {
            return key switch
            {
                JsonWebKey { Kty: JsonWebAlgorithmsKeyTypes.RSA } jwk => RsaBits(jwk),
                JsonWebKey { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve } jwk => CurveBits(jwk),
                JsonWebKey => null,
                _ => key.KeySize,
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or CryptographicException or NotSupportedException)
        {
            return null;
        }
    }

    private static int RsaBits(JsonWebKey key)
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(key.N), Exponent = Base64UrlEncoder.DecodeBytes(key.E) });
        return rsa.KeySize;
    }

    private static int CurveBits(JsonWebKey key)
    {
        var curve = key.Crv switch
        {
            JsonWebKeyECTypes.P256 => ECCurve.NamedCurves.nistP256,
            JsonWebKeyECTypes.P384 => ECCurve.NamedCurves.nistP384,
            JsonWebKeyECTypes.P521 => ECCurve.NamedCurves.nistP521,
            _ => throw new NotSupportedException(),
        };
        using var ecdsa = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) } });
        return ecdsa.KeySize;
    }
}
