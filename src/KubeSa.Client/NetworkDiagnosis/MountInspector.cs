using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Client.Config.InCluster;
using KubeSa.Client.Secrets;
using KubeSa.Client.Tokens;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>
/// Looks at the files of a mount, and holds what the network steps need of them: the token and the authorities, which
/// are no evidence. A class and no record: a record's ToString would print the token.
/// </summary>
internal sealed class MountInspector
{
    private MountInspector(MountEvidence mount, TokenEvidence token, NamespaceEvidence space, CertificateAuthorityEvidence authority)
    {
        Mount = mount;
        TokenFile = token;
        Namespace = space;
        CertificateAuthority = authority;
    }

    internal MountEvidence Mount { get; }

    internal TokenEvidence TokenFile { get; }

    internal NamespaceEvidence Namespace { get; }

    internal CertificateAuthorityEvidence CertificateAuthority { get; }

    /// <summary>The token; null where there is nothing that could be sent.</summary>
    internal string? Token { get; private init; }

    internal IReadOnlyList<X509Certificate2> Authorities { get; private init; } = [];

    internal static MountInspector Look(string folder)
    {
        var watch = Stopwatch.StartNew();
        var mount = LookAt(folder) with { Elapsed = watch.Elapsed };

        watch.Restart();
        var tokenFile = MountFile.Read(Path.Combine(folder, PodMount.TokenFile));
        var token = Describe(tokenFile) with { Elapsed = watch.Elapsed };

        var spaceFile = MountFile.Read(Path.Combine(folder, PodMount.NamespaceFile));
        var space = new NamespaceEvidence
        {
            File = File(spaceFile),
            Value = spaceFile.Text?.Trim() is { Length: > 0 } name ? name : null,
        };

        watch.Restart();
        var caFile = MountFile.Read(Path.Combine(folder, PodMount.CaFile));
        var certificates = PemCertificates.Read(caFile.Text ?? string.Empty);
        var authority = new CertificateAuthorityEvidence
        {
            File = File(caFile),
            Certificates = [.. certificates.Certificates.Select(CertificateFacts.From)],
            Broken = certificates.Broken,
            Elapsed = watch.Elapsed,
        };

        return new MountInspector(mount, token, space, authority)
        {
            Token = token.Info is null ? null : TokenText.Trim(tokenFile.Text!),
            Authorities = certificates.Certificates,
        };
    }

    private static MountEvidence LookAt(string folder)
    {
        var evidence = new MountEvidence { Path = folder, Exists = true };
        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(folder).GetEnumerator();
            return evidence;
        }
        catch (UnauthorizedAccessException)
        {
            return evidence with { Problem = "this process may not look into it" };
        }
        catch (DirectoryNotFoundException)
        {
            return evidence with { Exists = false };
        }
        catch (IOException e)
        {
            return evidence with { Problem = $"looking into it fails ({e.GetType().Name})" };
        }
    }

    private static TokenEvidence Describe(MountFile file)
    {
        var evidence = new TokenEvidence { File = File(file) };
        if (file.Text is null || evidence.File.Empty)
        {
            return evidence;
        }

        try
        {
            var jwt = Jwt.Parse(file.Text);
            return evidence with
            {
                Info = TokenReader.Read(jwt),
                SignatureBytes = jwt.SignatureBytes,
                HasScheme = TokenText.StartsWithScheme(file.Text),
            };
        }
        catch (KubeApiException e)
        {
            return evidence with { Problem = e.Message };
        }
    }

    private static FileEvidence File(MountFile file) => new()
    {
        Path = file.Path,
        Exists = file.Exists,
        Problem = file.Problem,
        BrokenLink = file.BrokenLink,
        Empty = file.Text is not null && string.IsNullOrWhiteSpace(file.Text),
    };
}
