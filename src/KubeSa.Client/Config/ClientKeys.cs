using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Client.Config;

/// <summary>Which keys of client certificates can be used. kubectl can use more than .NET can.</summary>
internal static class ClientKeys
{
    private static readonly IReadOnlyDictionary<string, string> Unusable = new Dictionary<string, string>
    {
        ["1.3.101.110"] = "X25519",
        ["1.3.101.112"] = "Ed25519",
        ["1.3.101.113"] = "Ed448",
        ["1.2.840.10040.4.1"] = "DSA",
    };

    /// <summary>Why this key of this certificate cannot be used, whether or not the two belong together; null where nothing speaks against it.</summary>
    internal static string? Fault(X509Certificate2 certificate, string keyPem)
    {
        if (keyPem.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            return "the key is encrypted, and nobody is asked for its password. Decrypt it (openssl pkey -in KEY -out NEW), or use a token";
        }

        if (Find(keyPem) is not { } key)
        {
            return "there is no private key in PEM form, which begins with -----BEGIN PRIVATE KEY-----";
        }

        return (Name(certificate.GetKeyAlgorithm()) ?? Name(Algorithm(key.Label, key.Der))) is { } kind
            ? $"it is a key of the kind {kind}, which kubectl can use and .NET cannot. Have a certificate issued for an ECDSA (P-256) or RSA key, or use a token"
            : null;
    }

    private static string? Name(string? algorithm) => algorithm is null ? null : Unusable.GetValueOrDefault(algorithm);

    private static (string Label, byte[] Der)? Find(string pem)
    {
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            var label = rest[found.Label];
            if (label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            {
                var der = new byte[found.DecodedDataLength];
                return (label.ToString(), Convert.TryFromBase64Chars(rest[found.Base64Data], der, out _) ? der : []);
            }

            rest = rest[found.Location.End..];
        }

        return null;
    }

    /// <summary>The algorithm of a key in PKCS#8 (RFC 5208), by its number; other forms say it in their label.</summary>
    private static string? Algorithm(string label, byte[] der)
    {
        try
        {
            if (label != "PRIVATE KEY")
            {
                return null;
            }

            var info = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            info.ReadInteger();
            return info.ReadSequence().ReadObjectIdentifier();
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
