using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using Microsoft.IdentityModel.Tokens;

namespace KubeSa.Client.Tokens;

/// <summary>
/// Reads all that a kube-apiserver's --service-account-key-file may hold (client-go's keyutil.ParsePublicKeysPEM): public keys,
/// certificates, and private keys, of which only the public half is kept; RSA and ECDSA, several in a file.
/// </summary>
internal static class PemKeys
{
    private const string RsaOid = "1.2.840.113549.1.1.1";
    private const string EcOid = "1.2.840.10045.2.1";

    /// <summary>InvalidRequest where there is no such key, or a block that says it is one cannot be read.</summary>
    internal static IReadOnlyList<SecurityKey> Read(string pem)
    {
        var keys = new List<SecurityKey>();
        var others = new List<string>();
        var rest = pem.AsMemory();
        while (PemEncoding.TryFind(rest.Span, out var found))
        {
            var label = rest.Span[found.Label].ToString();
            if (FromBlock(rest.Span[found.Location], label) is { } key)
            {
                keys.Add(key);
            }
            else
            {
                others.Add(label);
            }

            rest = rest[found.Location.End..];
        }

        return keys.Count > 0 ? keys : throw Invalid(Missing(pem, others));
    }

    private static SecurityKey? FromBlock(ReadOnlySpan<char> block, string label)
    {
        try
        {
            switch (label)
            {
                case "CERTIFICATE":
                    using (var certificate = X509Certificate2.CreateFromPem(block))
                    {
                        return (SecurityKey?)Named(certificate.GetRSAPublicKey()) ?? Named(certificate.GetECDsaPublicKey());
                    }

                case "PUBLIC KEY":
                    return OidOf(block) switch
                    {
                        RsaOid => Rsa(block),
                        EcOid => EcDsa(block),
                        _ => null,
                    };
                case "RSA PUBLIC KEY" or "RSA PRIVATE KEY":
                    return Rsa(block);
                case "EC PRIVATE KEY":
                    return EcDsa(block);
                case "PRIVATE KEY":
                    return OfEitherKind(block);
                default:
                    return null;
            }
        }
        catch (CryptographicException)
        {
            throw Invalid($"its block '{label}' cannot be read as a key");
        }
    }

    private static SecurityKey? OfEitherKind(ReadOnlySpan<char> block)
    {
        try
        {
            return Rsa(block);
        }
        catch (CryptographicException)
        {
            return EcDsa(block);
        }
    }

    private static string Missing(string pem, List<string> others) => (pem, others) switch
    {
        _ when pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal) || others.Contains("ENCRYPTED PRIVATE KEY") =>
            "its private key is encrypted; give the public key (openssl pkey -pubout)",
        (_, { Count: > 0 }) => $"it has no RSA or ECDSA key, only: {string.Join(", ", others.Distinct())}",
        _ when pem.AsSpan().TrimStart() is ['{', ..] => "it holds JSON and no PEM; give it to -Jwks",
        _ => "it has no RSA or ECDSA key in PEM form (RFC 7468)",
    };

    private static string? OidOf(ReadOnlySpan<char> block)
    {
        var fields = PemEncoding.Find(block);
        return PublicKey.CreateFromSubjectPublicKeyInfo(Convert.FromBase64String(block[fields.Base64Data].ToString()), out _).Oid.Value;
    }

    private static RsaSecurityKey? Rsa(ReadOnlySpan<char> block)
    {
        using var key = RSA.Create();
        key.ImportFromPem(block);
        return Named(RSA.Create(key.ExportParameters(includePrivateParameters: false)));
    }

    private static ECDsaSecurityKey? EcDsa(ReadOnlySpan<char> block)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(block);
        return Named(ECDsa.Create(key.ExportParameters(includePrivateParameters: false)));
    }

    private static RsaSecurityKey? Named(RSA? key) => key is null ? null : new RsaSecurityKey(key) { KeyId = IdOf(key) };

    private static ECDsaSecurityKey? Named(ECDsa? key) => key is null ? null : new ECDsaSecurityKey(key) { KeyId = IdOf(key) };

    private static string IdOf(AsymmetricAlgorithm key) => Base64UrlEncoder.Encode(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    private static KubeApiException Invalid(string why) => new(FailureKind.InvalidRequest, $"{char.ToUpperInvariant(why[0])}{why[1..]}.");
}
