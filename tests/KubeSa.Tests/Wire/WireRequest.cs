namespace KubeSa.Tests.Wire;

/// <summary>A request as it arrived.</summary>
internal sealed record WireRequest(string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    internal string? Header(string name) =>
        Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).FirstOrDefault();

    internal IEnumerable<string> AllOf(string name) =>
        Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value);

    /// <summary>The subject of the client certificate; null where none was shown.</summary>
    internal string? ClientCertificate { get; init; }

    /// <summary>The name the client asked the certificate for (SNI, RFC 6066); null without TLS.</summary>
    internal string? ServerName { get; init; }
}
