using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Client.Diagnosis;

/// <summary>
/// Shakes hands with whatever server there is, and finds out apart from each other who signed its certificate, for
/// which name it is, and whether it is good now. Nothing is sent over it unless all three are well.
/// </summary>
internal sealed class Handshake(string serverName, IReadOnlyList<X509Certificate2> authorities)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Never throws for a fault; the stream is null where there is one, or where the server may not be trusted.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "A refused certificate is to be seen, too; the judgement follows below.")]
    internal async Task<(TlsEvidence Evidence, Stream? Stream)> ShakeAsync(Socket socket, CancellationToken deadline)
    {
        var watch = Stopwatch.StartNew();
        var evidence = new TlsEvidence { ServerName = serverName };
        var network = new FirstBytesStream(new NetworkStream(socket, ownsSocket: true));
        var tls = new SslStream(network);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = serverName,

            // Else the platform reads its own authorities, which is slow, and fetches missing ones from wherever the certificate says.
            CertificateChainPolicy = Policy(X509VerificationFlags.NoFlag),
            RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
            {
                evidence = Judge(certificate as X509Certificate2, chain, evidence);
                return true;
            },
        };
        try
        {
            await tls.AuthenticateAsClientAsync(options, deadline).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            var (outcome, error) = network.LooksLikeTls ? StepOutcomes.From(e) : (StepOutcome.Malformed, "NoTls");
            return (evidence with { Outcome = outcome, Error = error, Elapsed = watch.Elapsed }, null);
        }

        evidence = evidence with { Elapsed = watch.Elapsed };
        if (evidence is { Trusted: true, NameMatches: true, ValidNow: true })
        {
            return (evidence, tls);
        }

        await tls.DisposeAsync().ConfigureAwait(false);
        return (evidence, null);
    }

    private TlsEvidence Judge(X509Certificate2? certificate, X509Chain? chain, TlsEvidence evidence)
    {
        if (certificate is null || chain is null)
        {
            return evidence with { Trusted = false };
        }

        var problems = chain.ChainStatus.Select(s => s.Status).Distinct().ToList();
        var now = DateTime.Now;
        return evidence with
        {
            Certificate = CertificateFacts.From(certificate),
            Trusted = authorities.Count == 0 ? null : problems.Count == 0 || IsSigned(certificate, chain),
            NameMatches = certificate.MatchesHostname(serverName, allowWildcards: true, allowCommonName: false),
            ValidNow = certificate.NotBefore <= now && now <= certificate.NotAfter && !problems.Exists(p => p.HasFlag(X509ChainStatusFlags.NotTimeValid)),
            ChainProblems = [.. problems.Select(p => p.ToString())],
        };
    }

    // Whoever signed it, whether or not that is over by now.
    private bool IsSigned(X509Certificate2 certificate, X509Chain chain)
    {
        using var lenient = new X509Chain { ChainPolicy = Policy(X509VerificationFlags.IgnoreNotTimeValid) };
        lenient.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore.ToArray());
        return lenient.Build(certificate);
    }

    private X509ChainPolicy Policy(X509VerificationFlags flags)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationFlags = flags,
        };
        policy.CustomTrustStore.AddRange(authorities.ToArray());
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return policy;
    }
}
