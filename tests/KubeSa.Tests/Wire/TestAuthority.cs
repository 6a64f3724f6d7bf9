using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Tests.Wire;

/// <summary>A certificate authority for one test.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa _key;
    private readonly bool _keyIds;

    /// <param name="name">Its common name.</param>
    /// <param name="by">The authority that signs it; itself where this is left out.</param>
    /// <param name="keyIds">Whether it names its key, and what it issues names it, too (RFC 5280, section 4.2.1.1).</param>
    /// <param name="until">When it expires; in years where this is left out.</param>
    /// <param name="likes">An authority whose key it has, as one has that is renewed or signed by several.</param>
    internal TestAuthority(
        string name = "test-ca", TestAuthority? by = null, bool keyIds = false, DateTimeOffset? until = null, TestAuthority? likes = null)
    {
        _keyIds = keyIds;
        _key = likes?._key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        if (keyIds)
        {
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        }

        Certificate = Sign(request, (by ?? this)._key, by?.Certificate.SubjectName ?? request.SubjectName, (until ?? DateTimeOffset.UtcNow.AddYears(4)).AddYears(-6), until ?? DateTimeOffset.UtcNow.AddYears(4));
    }

    internal X509Certificate2 Certificate { get; }

    internal string Pem => Certificate.ExportCertificatePem() + "\n";

    /// <summary>A server certificate for 127.0.0.1, or for another name; for none where the name is empty.</summary>
    internal X509Certificate2 IssueServer(string? dnsName = null, DateTimeOffset? until = null, params X509Extension[] more)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (dnsName is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
            names.AddIpAddress(IPAddress.IPv6Loopback);
        }
        else if (dnsName.Length > 0)
        {
            names.AddDnsName(dnsName);
        }

        return dnsName is ""
            ? Issue("CN=127.0.0.1", ServerUsage, until, more)
            : Issue("CN=kube-apiserver", ServerUsage, until, [names.Build(), .. more]);
    }

    /// <summary>That a certificate is for this machine.</summary>
    internal static X509Extension Loopback()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        return names.Build();
    }

    internal X509Certificate2 IssueClient(string subject, DateTimeOffset? until = null, params X509Extension[] more) => Issue(subject, ClientUsage, until, more);

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Issue(string subject, string usage, DateTimeOffset? until, params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        if (_keyIds)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        }

        var end = until ?? DateTimeOffset.UtcNow.AddYears(1);
        using var certificate = Sign(request, _key, Certificate.SubjectName, end.AddYears(-1), end);
        return certificate.CopyWithPrivateKey(key);
    }

    // By the key and not by the certificate, which the framework lets sign nothing that outlasts it.
    private static X509Certificate2 Sign(CertificateRequest request, ECDsa by, X500DistinguishedName issuer, DateTimeOffset from, DateTimeOffset until) =>
        request.Create(issuer, X509SignatureGenerator.CreateForECDsa(by), from, until, RandomNumberGenerator.GetBytes(8));
}
