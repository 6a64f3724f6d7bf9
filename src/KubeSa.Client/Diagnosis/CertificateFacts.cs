using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Client.Http;

namespace KubeSa.Client.Diagnosis;

/// <summary>Reads from a certificate what evidence tells of it.</summary>
internal static class CertificateFacts
{
    internal static CertificateEvidence From(X509Certificate2 certificate) => new()
    {
        Subject = certificate.Subject,
        Issuer = certificate.Issuer,
        Names = CertificateNames.Of(certificate),
        NotBefore = certificate.NotBefore.ToUniversalTime(),
        NotAfter = certificate.NotAfter.ToUniversalTime(),
        Thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256),
    };
}
