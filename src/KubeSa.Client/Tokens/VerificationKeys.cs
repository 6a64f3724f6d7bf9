using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using Microsoft.IdentityModel.Tokens;

namespace KubeSa.Client.Tokens;

/// <summary>Reads the keys that verify tokens.</summary>
internal static class VerificationKeys
{
    /// <summary>The keys of a JWKS (RFC 7517); ProtocolError where the text is none.</summary>
    internal static IReadOnlyList<SecurityKey> FromJwks(string jwks)
    {
        try
        {
            return [.. new JsonWebKeySet(jwks).Keys];
        }
        catch (ArgumentException)
        {
            throw new KubeApiException(FailureKind.ProtocolError, "The text is no JSON Web Key Set (RFC 7517).");
        }
    }

    /// <summary>
    /// The public keys, or those of the certificates, of a PEM text (RFC 7468), under the ids that API servers give
    /// them: the SHA-256 of the key. InvalidRequest where there is none.
    /// </summary>
    internal static IReadOnlyList<SecurityKey> FromPem(string pem)
    {
        var keys = new List<SecurityKey>();
        var rest = pem.AsMemory();
        while (PemEncoding.TryFind(rest.Span, out var found))
        {
            if (FromBlock(rest.Span[found.Location], rest.Span[found.Label]) is { } key)
            {
                keys.Add(key);
            }

            rest = rest[found.Location.End..];
        }

        return keys.Count > 0
            ? keys
            : throw new KubeApiException(FailureKind.InvalidRequest, "The text holds no RSA or ECDSA public key in PEM form (RFC 7468).");
    }

    private static SecurityKey? FromBlock(ReadOnlySpan<char> block, ReadOnlySpan<char> label)
    {
        try
        {
            if (label is "CERTIFICATE")
            {
                using var certificate = X509Certificate2.CreateFromPem(block);
                return (SecurityKey?)Named(certificate.GetRSAPublicKey()) ?? Named(certificate.GetECDsaPublicKey());
            }

            return label switch
            {
                "RSA PUBLIC KEY" => Named(Rsa(block)),
                "PUBLIC KEY" => IsRsa(block) ? Named(Rsa(block)) : Named(EcDsa(block)),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"A block '{label}' of the PEM text cannot be read as a key.");
        }
    }

    private static bool IsRsa(ReadOnlySpan<char> block)
    {
        var fields = PemEncoding.Find(block);
        var key = PublicKey.CreateFromSubjectPublicKeyInfo(Convert.FromBase64String(block[fields.Base64Data].ToString()), out _);
        return key.Oid.Value == "1.2.840.113549.1.1.1";
    }

    private static RSA Rsa(ReadOnlySpan<char> block)
    {
        var key = RSA.Create();
        key.ImportFromPem(block);
        return key;
    }

    private static ECDsa EcDsa(ReadOnlySpan<char> block)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(block);
        return key;
    }

    private static RsaSecurityKey? Named(RSA? key) =>
        key is null ? null : new RsaSecurityKey(key) { KeyId = IdOf(key) };

    private static ECDsaSecurityKey? Named(ECDsa? key) =>
        key is null ? null : new ECDsaSecurityKey(key) { KeyId = IdOf(key) };

    private static string IdOf(AsymmetricAlgorithm key) =>
        Base64UrlEncoder.Encode(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
}
