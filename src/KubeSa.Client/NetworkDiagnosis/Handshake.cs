using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Client.Http;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>
/// Shakes hands with whatever server there is, and finds out apart from each other who signed its certificate, for
/// which name it is, and whether it is good now. Nothing is sent over it unless all three are well.
/// </summary>
internal sealed class Handshake(string serverName, IReadOnlyList<X509Certificate2> authorities)
{
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

            CertificateChainPolicy = TrustPolicies.Of(authorities),
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

        var verdict = CertificateVerdict.Judge(certificate, chain, authorities, serverName);
        return evidence with
        {
            Certificate = CertificateFacts.From(certificate),
            Trusted = authorities.Count == 0 ? null : verdict.IsTrusted,
            NameMatches = verdict.IsForHost,
            ValidNow = verdict.Untimed is null,
            ChainProblems = [.. Enum.GetValues<X509ChainStatusFlags>().Where(flag => flag != X509ChainStatusFlags.NoError && verdict.Problems.HasFlag(flag)).Select(flag => flag.ToString())],
        };
    }
}
