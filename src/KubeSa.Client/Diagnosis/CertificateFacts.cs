using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Client.Diagnosis;

/// <summary>Reads from a certificate what evidence tells of it.</summary>
internal static class CertificateFacts
{
    internal static CertificateEvidence From(X509Certificate2 certificate) => new()
    {
        Subject = certificate.Subject,
        Issuer = certificate.Issuer,
        Names = Names(certificate),
        NotBefore = certificate.NotBefore.ToUniversalTime(),
        NotAfter = certificate.NotAfter.ToUniversalTime(),
        Thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256),
    };

    private static List<string> Names(X509Certificate2 certificate)
    {
        try
        {
            return [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())))];
        }
        catch (CryptographicException)
        {
            // An extension that cannot be read names nothing, and so it is judged.
            return [];
        }
    }
}
