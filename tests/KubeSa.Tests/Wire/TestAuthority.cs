using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Tests.Wire;

/// <summary>A certificate authority for one test.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _authority;

    /// <param name="name">Its common name.</param>
    /// <param name="by">The authority that signs it; itself where this is left out.</param>
    internal TestAuthority(string name = "test-ca", TestAuthority? by = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var (from, until) = (DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(4));
        if (by is null)
        {
            _authority = request.CreateSelfSigned(from, until);
        }
        else
        {
            using var signed = request.Create(by._authority, from, until, RandomNumberGenerator.GetBytes(8));
            _authority = signed.CopyWithPrivateKey(key);
        }
    }

    internal string Pem => _authority.ExportCertificatePem() + "\n";

    /// <summary>A server certificate for 127.0.0.1, or for another name.</summary>
    internal X509Certificate2 IssueServer(string? dnsName = null, DateTimeOffset? until = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (dnsName is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
            names.AddIpAddress(IPAddress.IPv6Loopback);
        }
        else
        {
            names.AddDnsName(dnsName);
        }

        return Issue("CN=kube-apiserver", "1.3.6.1.5.5.7.3.1", until, names.Build());
    }

    internal X509Certificate2 IssueClient(string subject) => Issue(subject, "1.3.6.1.5.5.7.3.2", null);

    public void Dispose() => _authority.Dispose();

    private X509Certificate2 Issue(string subject, string usage, DateTimeOffset? until, params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        var end = until ?? DateTimeOffset.UtcNow.AddYears(1);
        using var certificate = request.Create(_authority, end.AddYears(-1), end, RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }
}
