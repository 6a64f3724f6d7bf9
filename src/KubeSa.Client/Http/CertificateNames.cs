using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Client.Http;

/// <summary>The hosts that a certificate is for: its subject alternative names (RFC 5280), and never its common name.</summary>
internal static class CertificateNames
{
    internal static IReadOnlyList<string> Of(X509Certificate2 certificate)
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

    /// <summary>Whether it is for this host.</summary>
    internal static bool Match(X509Certificate2 certificate, string host)
    {
        try
        {
            return certificate.MatchesHostname(host, allowWildcards: true, allowCommonName: false);
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
