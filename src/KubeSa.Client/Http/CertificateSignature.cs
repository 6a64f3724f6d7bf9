using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Client.Http;

/// <summary>
/// Whether one certificate was signed with the key of another (RFC 5280, section 4.1.1). .NET has this only inside X509Chain,
/// which does not let its caller say which certificate is meant.
/// </summary>
internal static class CertificateSignature
{
    private const string RsaPss = "1.2.840.113549.1.1.10";

    // Hashes that are still safe, as in Go's crypto/x509. Ed25519 is not here, for .NET has no such key.
    private static readonly Dictionary<string, HashAlgorithmName> Hashes = new()
    {
        ["1.2.840.113549.1.1.11"] = HashAlgorithmName.SHA256,
        ["1.2.840.113549.1.1.12"] = HashAlgorithmName.SHA384,
        ["1.2.840.113549.1.1.13"] = HashAlgorithmName.SHA512,
        ["1.2.840.10045.4.3.2"] = HashAlgorithmName.SHA256,
        ["1.2.840.10045.4.3.3"] = HashAlgorithmName.SHA384,
        ["1.2.840.10045.4.3.4"] = HashAlgorithmName.SHA512,
        ["2.16.840.1.101.3.4.2.1"] = HashAlgorithmName.SHA256,
        ["2.16.840.1.101.3.4.2.2"] = HashAlgorithmName.SHA384,
        ["2.16.840.1.101.3.4.2.3"] = HashAlgorithmName.SHA512,
    };

    internal static bool IsBy(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        try
        {
            var parts = new AsnReader(certificate.RawDataMemory, AsnEncodingRules.DER).ReadSequence();
            var signed = parts.ReadEncodedValue();
            var algorithm = parts.ReadSequence();
            var signature = parts.ReadBitString(out _);
            var name = algorithm.ReadObjectIdentifier();
            var isPss = name == RsaPss;
            if (!Hashes.TryGetValue(isPss ? HashOfPss(algorithm) : name, out var hash))
            {
                return false;
            }

            using var rsa = issuer.GetRSAPublicKey();
            using var curve = issuer.GetECDsaPublicKey();
            return rsa?.VerifyData(signed.Span, signature, hash, isPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
                ?? curve?.VerifyData(signed.Span, signature, hash, DSASignatureFormat.Rfc3279DerSequence)
                ?? false;
        }
        catch (Exception failure) when (failure is AsnContentException or CryptographicException)
        {
            // What cannot be read proves nothing.
            return false;
        }
    }

    // RSASSA-PSS-params (RFC 4055): the hash is in the first field; without it, it is SHA-1, which proves nothing today.
    private static string HashOfPss(AsnReader algorithm)
    {
        var parameters = algorithm.ReadSequence();
        var first = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        return parameters.HasData && parameters.PeekTag() == first
            ? parameters.ReadSequence(first).ReadSequence().ReadObjectIdentifier()
            : string.Empty;
    }
}
