using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Client.Secrets;

/// <summary>The certificates of a PEM text (RFC 7468), such as ca.crt. Text between them is allowed and ignored.</summary>
/// <param name="Certificates">Those that can be read, in order.</param>
/// <param name="Broken">How many that begin as a certificate cannot be read.</param>
internal sealed record PemCertificates(IReadOnlyList<X509Certificate2> Certificates, int Broken)
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";

    private static volatile Tuple<string, PemCertificates>? _last;

    /// <summary>
    /// Reads a text. The Secrets of a cluster all hold the same, so those of the text before are handed out again where it
    /// is the same: parsing a certificate takes longer than all the rest of a Secret.
    /// </summary>
    internal static PemCertificates Read(string text)
    {
        if (_last is { } last && last.Item1 == text)
        {
            return last.Item2;
        }

        var read = Parse(text);
        _last = Tuple.Create(text, read);
        return read;
    }

    private static PemCertificates Parse(string text)
    {
        var certificates = new List<X509Certificate2>();
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            if (rest[found.Label] is "CERTIFICATE" && TryRead(rest[found.Location]) is { } certificate)
            {
                certificates.Add(certificate);
            }

            rest = rest[found.Location.End..];
        }

        // Those that were cut short or overwritten are passed over by the search itself, so beginnings are what is counted.
        return new PemCertificates(certificates, Math.Max(0, text.AsSpan().Count(Begin) - certificates.Count));
    }

    private static X509Certificate2? TryRead(ReadOnlySpan<char> block)
    {
        try
        {
            return X509Certificate2.CreateFromPem(block);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
