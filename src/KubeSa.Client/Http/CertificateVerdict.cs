using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Client.Http;

/// <summary>
/// What a server's certificate is worth, as Go's crypto/x509 (and so kubectl) judges it. The only judgement that there
/// is: calls refuse by it, and checks of access tell it.
/// </summary>
internal sealed record CertificateVerdict
{
    private const X509ChainStatusFlags Untimely = X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.NotTimeNested;

    /// <summary>Whether one of the CA certificates vouches for it, whether or not that is over by now.</summary>
    internal required bool IsTrusted { get; init; }

    /// <summary>What is wrong with the chain apart from dates, by the platform's names.</summary>
    internal X509ChainStatusFlags Problems { get; init; }

    /// <summary>The certificate of the chain, the CA's included, that is not valid at this time; null where all are.</summary>
    internal X509Certificate2? Untimed { get; init; }

    /// <summary>Whether it is for the host that was asked for, by its subject alternative names alone.</summary>
    internal bool IsForHost { get; init; }

    internal bool IsAccepted => IsTrusted && Untimed is null && IsForHost;

    /// <param name="certificate">The server's certificate.</param>
    /// <param name="chain">What the platform made of it by the policy that it was given; it holds what else the server sent.</param>
    /// <param name="authorities">The CA certificates that count; null for the system's.</param>
    /// <param name="host">The host that was asked for.</param>
    internal static CertificateVerdict Judge(
        X509Certificate2 certificate, X509Chain chain, IReadOnlyList<X509Certificate2>? authorities, string host)
    {
        var verdict = authorities is null ? OfSystem(certificate, chain) : OfAuthorities(certificate, chain, authorities);
        return verdict with { Untimed = IsTimely(certificate) ? verdict.Untimed : certificate, IsForHost = CertificateNames.Match(certificate, host) };
    }

    /// <summary>The platform follows one chain, so what it refuses may be good by another, as with CA certificates that are given.</summary>
    private static CertificateVerdict OfSystem(X509Certificate2 certificate, X509Chain chain)
    {
        var verdict = OfPlatform(chain);
        if (verdict is { IsTrusted: true, Untimed: null } || SystemRoots.Read() is not { Count: > 0 } roots)
        {
            return verdict;
        }

        var other = OfAuthorities(certificate, chain, roots);
        return other.IsTrusted && (!verdict.IsTrusted || other.Untimed is null) ? other : verdict;
    }

    private static CertificateVerdict OfPlatform(X509Chain chain)
    {
        var flags = FlagsOf(chain);
        var problems = flags & ~Untimely;
        return new CertificateVerdict
        {
            IsTrusted = problems == X509ChainStatusFlags.NoError,
            Problems = problems,
            Untimed = flags == problems ? null : FirstUntimed(chain.ChainElements.Select(element => element.Certificate)) ?? chain.ChainElements[0].Certificate,
        };
    }

    /// <summary>A chain that is valid now wins over one that is not, for the same CA may be there in a renewed certificate, too.</summary>
    private static CertificateVerdict OfAuthorities(X509Certificate2 certificate, X509Chain chain, IReadOnlyList<X509Certificate2> authorities)
    {
        X509Certificate2[] presented = [.. chain.ChainPolicy.ExtraStore];
        CertificateVerdict? best = null;
        foreach (var path in CertificatePaths.Find(certificate, presented, authorities))
        {
            var verdict = Verify(path);
            if (verdict is { IsTrusted: true, Untimed: null })
            {
                return verdict;
            }

            best = best is null || verdict.IsTrusted ? verdict : best;
        }

        return best ?? new CertificateVerdict { IsTrusted = false, Problems = FlagsOf(chain) & ~Untimely | X509ChainStatusFlags.PartialChain };
    }

    private static CertificateVerdict Verify(IReadOnlyList<X509Certificate2> path)
    {
        var problems = ProblemsOf(path);
        return new CertificateVerdict
        {
            IsTrusted = problems == X509ChainStatusFlags.NoError,
            Problems = problems,
            Untimed = FirstUntimed(path),
        };
    }

    private static X509ChainStatusFlags ProblemsOf(IReadOnlyList<X509Certificate2> path)
    {
        var anchor = path[^1];
        using var chain = new X509Chain { ChainPolicy = TrustPolicies.Of([anchor]) };
        chain.ChainPolicy.ExtraStore.AddRange(path.Skip(1).ToArray());
        chain.Build(path[0]);
        if (chain.ChainElements.Any(element => !path.Any(member => CertificatePaths.AreSame(member, element.Certificate))))
        {
            return CertificateRules.ProblemsOf(path);
        }

        // Whatever is given as a CA certificate is one, and need not be a root: everything up to it was verified, and the
        // platform misses nothing but what vouches for it. Its dates count nevertheless, and the platform does not look at them.
        var problems = FlagsOf(chain) & ~Untimely;
        return problems == X509ChainStatusFlags.PartialChain && CertificatePaths.AreSame(chain.ChainElements[^1].Certificate, anchor)
            ? X509ChainStatusFlags.NoError
            : problems;
    }

    private static X509ChainStatusFlags FlagsOf(X509Chain chain) =>
        chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);

    private static X509Certificate2? FirstUntimed(IEnumerable<X509Certificate2> path) => path.FirstOrDefault(certificate => !IsTimely(certificate));

    private static bool IsTimely(X509Certificate2 certificate) => certificate.NotBefore <= DateTime.Now && DateTime.Now <= certificate.NotAfter;
}
