using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa.Client.Config;

/// <summary>Client certificates with their keys, from PEM.</summary>
internal static class ClientCertificates
{
    /// <summary>The certificate with its key, and after it whatever else stands in the same text.</summary>
    /// <param name="certificatePem">The certificate, perhaps followed by those that vouch for it.</param>
    /// <param name="keyPem">The key.</param>
    /// <param name="what">What it is in messages, such as "the user 'admin'".</param>
    /// <param name="target">The file that it came from.</param>
    /// <param name="bad">The failure where the two are no good.</param>
    internal static X509Certificate2Collection Read(string certificatePem, string keyPem, string what, string target, FailureKind bad)
    {
        CredentialsInUse.Add(string.Concat(keyPem.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith('-'))));
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(certificatePem);
            if (all.Count > 0 && ClientKeys.Fault(all[0], keyPem) is null)
            {
                var whole = Usable(X509Certificate2.CreateFromPem(certificatePem, keyPem));
                all[0].Dispose();
                all[0] = whole;
                return all;
            }
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            // What is wrong is said below, for all that can be wrong.
        }

        var why = all.Count == 0
            ? "there is no certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----"
            : ClientKeys.Fault(all[0], keyPem) ?? "the certificate and the key do not belong together";
        throw new KubeApiException(bad, $"The client certificate and key of {what} cannot be used: {why}.", target);
    }

    /// <summary>Why a certificate does not count at this time, with its date; null where it does.</summary>
    internal static string? Untimely(ClusterConfig config)
    {
        if ((config.ClientCertificate?.FirstOrDefault() ?? config.Credential?.Certificate) is not { } certificate)
        {
            return null;
        }

        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return DateTime.UtcNow > until ? FormattableString.Invariant($"The client certificate '{certificate.Subject}' expired on {UtcTime.Of(until)}.")
            : DateTime.UtcNow < from ? FormattableString.Invariant($"The client certificate '{certificate.Subject}' is not valid before {UtcTime.Of(from)}; see whether this machine's clock is right.")
            : null;
    }

    /// <summary>
    /// On Windows TLS cannot use a key that exists in memory alone; taking the certificate through PKCS#12 gives it
    /// one that it can.
    /// </summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
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
