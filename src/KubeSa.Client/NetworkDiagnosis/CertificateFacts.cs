using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Client.Http;
using KubeSa.Secrecy;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>Reads from a certificate what evidence tells of it.</summary>
internal static class CertificateFacts
{
    internal static CertificateEvidence From(X509Certificate2 certificate) => new()
    {
        Subject = SafeExcerpt.Of(certificate.Subject) ?? string.Empty,
        Issuer = SafeExcerpt.Of(certificate.Issuer) ?? string.Empty,
        Names = [.. CertificateNames.Of(certificate).Select(name => SafeExcerpt.Of(name)).OfType<string>()],
        NotBefore = certificate.NotBefore.ToUniversalTime(),
        NotAfter = certificate.NotAfter.ToUniversalTime(),
        Thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256),
    };
}
