using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa.Client;

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
        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPem(certificatePem);
            if (all.Count > 0)
            {
                all[0].Dispose();
                all[0] = Usable(X509Certificate2.CreateFromPem(certificatePem, keyPem));
                return all;
            }
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw Bad();
        }

        throw Bad();

        KubeApiException Bad() => new(
            bad,
            $"The client certificate and key of {what} are not right: they must be PEM, belong together, and the key must not be encrypted.",
            target);
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
