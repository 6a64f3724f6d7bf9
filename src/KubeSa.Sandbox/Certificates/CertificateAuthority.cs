using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Sandbox.Certificates;

/// <summary>The cluster's own root: signs the server's certificate and those of client users.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private readonly X509Certificate2 _certificate;

    private CertificateAuthority(X509Certificate2 certificate) => _certificate = certificate;

    public X509Certificate2 Certificate => _certificate;

    public string Pem => _certificate.ExportCertificatePem() + "\n";

    public static CertificateAuthority Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kubernetes", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new CertificateAuthority(request.CreateSelfSigned(now.AddHours(-1), now.AddYears(10)));
    }

    public X509Certificate2 Issue(CertificateRequest request, ECDsa key, DateTimeOffset from, DateTimeOffset to)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        var notBefore = from < _certificate.NotBefore ? _certificate.NotBefore : from;
        using var issued = request.Create(_certificate, notBefore, to, RandomNumberGenerator.GetBytes(16));
        return WithUsableKey(issued.CopyWithPrivateKey(key));
    }

    public void Dispose() => _certificate.Dispose();

    private static X509Certificate2 WithUsableKey(X509Certificate2 certificate)
    {
        // Windows refuses to serve TLS with a key that was never in a key store.
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return new X509Certificate2(certificate.Export(X509ContentType.Pkcs12));
        }
    }
}
