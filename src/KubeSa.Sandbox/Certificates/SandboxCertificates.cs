using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Sandbox.Certificates;

/// <summary>Certificates for the API server: the right one, and the wrong ones a client must refuse.</summary>
internal static class SandboxCertificates
{
    private static readonly string[] Names =
    [
        "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local",
    ];

    private static readonly IPAddress[] Addresses = [IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Parse("10.96.0.1")];

    public static X509Certificate2 Good(CertificateAuthority authority, DateTimeOffset now) =>
        Issue(authority, "kube-apiserver", Names, Addresses, now.AddHours(-1), now.AddYears(1));

    public static X509Certificate2 ForAnotherName(CertificateAuthority authority, DateTimeOffset now) =>
        Issue(authority, "another-host", ["another-host.example.com"], [], now.AddHours(-1), now.AddYears(1));

    /// <summary>A certificate that ended a minute ago; the authority is valid since an hour.</summary>
    public static X509Certificate2 Expired(CertificateAuthority authority, DateTimeOffset now) =>
        Issue(authority, "kube-apiserver", Names, Addresses, now.AddMinutes(-50), now.AddMinutes(-1));

    /// <summary>All names are right, but the client has never heard of the authority.</summary>
    public static X509Certificate2 FromUnknownAuthority(DateTimeOffset now)
    {
        using var stranger = CertificateAuthority.Create(now);
        return Good(stranger, now);
    }

    private static X509Certificate2 Issue(
        CertificateAuthority authority, string subject, string[] names, IPAddress[] addresses, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + subject, key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        foreach (var address in addresses)
        {
            alternatives.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        return authority.Issue(request, key, from, to);
    }
}
