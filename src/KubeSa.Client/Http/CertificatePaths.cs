using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Client.Http;

/// <summary>
/// The chains that may lead from a server's certificate to one of the CA certificates, by the names in them. Platforms
/// follow one chain and give up where it ends, but while a CA is replaced two certificates have its name, and of an
/// intermediate there may be one signed by each. Go, and so kubectl, tries all of them.
/// </summary>
internal static class CertificatePaths
{
    // As many as Go looks at. A server chooses what it presents, and must not choose how long we are busy with it.
    private const int MostSteps = 100;

    /// <summary>The chains, the shortest first: the certificate, those between, and the CA certificate that it would end at.</summary>
    internal static IEnumerable<IReadOnlyList<X509Certificate2>> Find(
        X509Certificate2 certificate, IReadOnlyList<X509Certificate2> presented, IReadOnlyList<X509Certificate2> authorities)
    {
        if (authorities.Any(authority => AreSame(authority, certificate)))
        {
            yield return [certificate];
        }

        var open = new Queue<X509Certificate2[]>([[certificate]]);
        for (var steps = 0; open.TryDequeue(out var path) && steps < MostSteps; steps++)
        {
            foreach (var authority in authorities.Where(authority => CanFollow(path, authority)))
            {
                yield return [.. path, authority];
            }

            foreach (var between in presented.Where(between => open.Count < MostSteps && CanFollow(path, between)))
            {
                open.Enqueue([.. path, between]);
            }
        }
    }

    internal static bool AreSame(X509Certificate2 one, X509Certificate2 other) => one.RawDataMemory.Span.SequenceEqual(other.RawDataMemory.Span);

    private static bool CanFollow(X509Certificate2[] path, X509Certificate2 next) =>
        path[^1].IssuerName.RawData.AsSpan().SequenceEqual(next.SubjectName.RawData) && !path.Any(known => AreSame(known, next));
}
