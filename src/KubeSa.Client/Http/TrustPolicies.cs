using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Client.Http;

/// <summary>
/// The policies by which the platform looks at server certificates. One is always given: without, the platform fetches
/// issuers from the URLs that a certificate names, before anybody has verified it.
/// </summary>
internal static class TrustPolicies
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>These certificates and no others. None of them means that nobody is trusted, and spares the reading of the system's.</summary>
    internal static X509ChainPolicy Of(IEnumerable<X509Certificate2> authorities)
    {
        var policy = Offline();
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(authorities.ToArray());
        return policy;
    }

    /// <summary>The system's trust store.</summary>
    internal static X509ChainPolicy OfSystem()
    {
        var policy = Offline();
        policy.TrustMode = X509ChainTrustMode.System;
        return policy;
    }

    private static X509ChainPolicy Offline()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return policy;
    }
}
