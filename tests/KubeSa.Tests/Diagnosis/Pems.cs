using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Tests.Wire;

namespace KubeSa.Tests.Diagnosis;

/// <summary>CA files as they should not be.</summary>
internal static class Pems
{
    /// <summary>An authority of another cluster, of the name that all clusters give theirs.</summary>
    internal static string OtherCluster { get; } = Of("kubernetes");

    internal static string OfAnotherName { get; } = Of("corporate-ca");

    internal static string Expired { get; } = MakeExpired();

    private static string Of(string name)
    {
        using var authority = new TestAuthority(name);
        return authority.Pem;
    }

    private static string MakeExpired()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=old-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddDays(-1));
        return certificate.ExportCertificatePem() + "\n";
    }
}
