using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Client.Http;

/// <summary>
/// What is wrong with one chain, judged by its certificates alone (RFC 5280, section 6, as Go does it). The platform also
/// looks at the certificates in the user's own stores, and takes one of them for an issuer of the same name; this does not.
/// What it does not understand it refuses.
/// </summary>
internal static class CertificateRules
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string NameConstraints = "2.5.29.30";

    // Basic constraints, key usage, extended key usage, subject alternative name, both key identifiers.
    private static readonly HashSet<string> Known = ["2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.17", "2.5.29.14", "2.5.29.35"];

    /// <param name="path">The server's certificate, those between, and the CA certificate. Dates are not judged here.</param>
    internal static X509ChainStatusFlags ProblemsOf(IReadOnlyList<X509Certificate2> path)
    {
        try
        {
            var problems = X509ChainStatusFlags.NoError;
            for (var i = 0; i < path.Count; i++)
            {
                problems |= ProblemsOf(path[i]);
                if (i > 0)
                {
                    problems |= AsIssuer(path[i], isAnchor: i == path.Count - 1, below: path.Take(i).Skip(1).Count(between => !IsSelfIssued(between)));
                    problems |= CertificateSignature.IsBy(path[i - 1], path[i]) ? X509ChainStatusFlags.NoError : X509ChainStatusFlags.NotSignatureValid;
                }
            }

            return problems;
        }
        catch (CryptographicException)
        {
            return X509ChainStatusFlags.InvalidExtension;
        }
    }

    private static X509ChainStatusFlags ProblemsOf(X509Certificate2 certificate)
    {
        var purposes = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault()?.EnhancedKeyUsages;
        var isForServers = purposes is null || purposes.Cast<Oid>().Any(purpose => purpose.Value == ServerAuthentication);
        return (isForServers ? X509ChainStatusFlags.NoError : X509ChainStatusFlags.NotValidForUsage)
            | (certificate.Extensions.Any(extension => extension.Oid?.Value == NameConstraints) ? X509ChainStatusFlags.HasNotSupportedNameConstraint : X509ChainStatusFlags.NoError)
            | (certificate.Extensions.Any(extension => extension.Critical && !Known.Contains(extension.Oid?.Value ?? string.Empty)) ? X509ChainStatusFlags.HasNotSupportedCriticalExtension : X509ChainStatusFlags.NoError);
    }

    private static X509ChainStatusFlags AsIssuer(X509Certificate2 issuer, bool isAnchor, int below)
    {
        var limits = issuer.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
        var usage = issuer.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();

        // The first version of certificates knows no extensions; some old roots are still of it.
        var isAuthority = limits?.CertificateAuthority ?? (isAnchor && issuer.Version < 3);
        var isLongEnough = limits is not { HasPathLengthConstraint: true } || below <= limits.PathLengthConstraint;
        var maySign = usage is null || usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign);
        return isAuthority && isLongEnough && maySign ? X509ChainStatusFlags.NoError : X509ChainStatusFlags.InvalidBasicConstraints;
    }

    private static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
