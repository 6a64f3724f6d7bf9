using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Sandbox.Certificates;

/// <summary>A user known by certificate: CN is the name, each O a group.</summary>
internal sealed class ClientCertificate
{
    private ClientCertificate(string certificatePem, string keyPem)
    {
        CertificatePem = certificatePem;
        KeyPem = keyPem;
    }

    public string CertificatePem { get; }

    public string KeyPem { get; }

    public static ClientCertificate Create(CertificateAuthority authority, string user, string group, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName(group);
        subject.AddCommonName(user);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        using var certificate = authority.Issue(request, key, now.AddHours(-1), now.AddYears(1));
        return new ClientCertificate(certificate.ExportCertificatePem() + "\n", key.ExportECPrivateKeyPem() + "\n");
    }

    /// <summary>For TLS clients that want an object and no files.</summary>
    public X509Certificate2 ToCertificate() => X509Certificate2.CreateFromPem(CertificatePem, KeyPem);

    // Keeps the key out of logs and test output.
    public override string ToString() => nameof(ClientCertificate);

}
