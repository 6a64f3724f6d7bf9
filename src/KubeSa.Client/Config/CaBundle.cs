using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Client.Secrets;

namespace KubeSa.Client.Config;

/// <summary>
/// The certificate authorities that may sign the server's certificate, from a file or from data. A file is read again
/// for every new connection, so that a rotated one counts at once.
/// </summary>
internal sealed class CaBundle
{
    private readonly string? _path;
    private readonly string _first;
    private readonly object _lock = new();
    private string _pem;
    private PemCertificates _certificates;

    private CaBundle(string? path, string pem, PemCertificates certificates)
    {
        _path = path;
        _first = pem;
        _pem = pem;
        _certificates = certificates;
    }

    /// <summary>Reads a PEM file; <paramref name="bad"/>, naming the file, where it holds no certificate.</summary>
    internal static CaBundle FromFile(string path, FailureKind bad)
    {
        try
        {
            var pem = TextFile.Read(path);
            return new CaBundle(path, pem, Parse(pem, $"The file '{path}'", path, bad));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KubeApiException(
                bad,
                $"The file '{path}' with the certificate authority cannot be read: {failure.Message} Without it the server cannot be verified.",
                path);
        }
    }

    /// <summary>Reads PEM text; <paramref name="what"/> says in messages where it came from.</summary>
    internal static CaBundle FromPem(string pem, string what, string target, FailureKind bad) =>
        new(null, pem, Parse(pem, what, target, bad));

    /// <summary>The certificates as text, the newest that were read.</summary>
    internal string Pem
    {
        get
        {
            lock (_lock)
            {
                return _pem;
            }
        }
    }

    /// <summary>How many certificates in them are damaged, and so do not count; kubectl passes over them, too.</summary>
    internal int Damaged
    {
        get
        {
            lock (_lock)
            {
                return _certificates.Broken;
            }
        }
    }

    /// <summary>The certificates, read anew where their file has changed.</summary>
    internal IReadOnlyList<X509Certificate2> Newest()
    {
        AreOthersThanAtFirst();
        return Current();
    }

    /// <summary>
    /// Whether the authorities are others by now than those read at first. A file that has become unreadable or
    /// senseless meanwhile changes nothing.
    /// </summary>
    internal bool AreOthersThanAtFirst()
    {
        if (_path is null)
        {
            return false;
        }

        lock (_lock)
        {
            try
            {
                var pem = TextFile.Read(_path);
                if (pem != _pem)
                {
                    _certificates = Parse(pem, _path, _path, FailureKind.TlsUntrusted);
                    _pem = pem;
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or KubeApiException)
            {
                // The last good ones go on serving.
            }

            return _pem != _first;
        }
    }

    /// <summary>The certificates as they were read last.</summary>
    internal IReadOnlyList<X509Certificate2> Current()
    {
        lock (_lock)
        {
            return _certificates.Certificates;
        }
    }

    private static PemCertificates Parse(string pem, string what, string target, FailureKind bad) =>
        PemCertificates.Read(pem) is { Certificates.Count: > 0 } read
            ? read
            : throw new KubeApiException(
                bad,
                $"{what} holds no certificate in PEM form that can be read, so no server could be verified with it. It should begin with -----BEGIN CERTIFICATE-----.",
                target);
}
