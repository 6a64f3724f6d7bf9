namespace KubeSa.Diagnosis;

/// <summary>What is not as it was, of that which explains why access began or ceased to work.</summary>
internal static class RoundChanges
{
    internal static IEnumerable<string> Between(AccessEvidence before, AccessEvidence now)
    {
        string?[] changes =
        [
            Compare("The API server's address", before.Environment.ApiServer, now.Environment.ApiServer),
            Token(before.Token, now.Token),
            Authorities(before.CertificateAuthority, now.CertificateAuthority),
            ServerCertificate(before.Tls?.Certificate, now.Tls?.Certificate),
            Compare("The server's version", before.Server?.GitVersion, now.Server?.GitVersion),
            Compare("The number of objects", before.Request?.ItemCount?.ToString(), now.Request?.ItemCount?.ToString()),
        ];
        return changes.OfType<string>();
    }

    private static string? Token(TokenEvidence before, TokenEvidence now) => (before.Info, now.Info) switch
    {
        (null, null) => null,
        (null, { } read) => $"There is a token now, of {read.UserName}.",
        ({ } read, null) => $"The token of {read.UserName} is gone.",
        var (old, read) when old.UserName != read.UserName => $"The token is of {read.UserName} now and no longer of {old.UserName}.",
        var (old, read) when old.KeyId != read.KeyId => $"The token was replaced by one that is signed by key '{read.KeyId}', no longer '{old.KeyId}'.",
        var (old, read) when (old.JwtId, old.ExpiresAt, old.SecretName) != (read.JwtId, read.ExpiresAt, read.SecretName) =>
            $"The token was replaced{(read.ExpiresAt is { } end ? $" by one that is good until {ReportPhrases.Time(end)}" : string.Empty)}.",
        _ => null,
    };

    private static string? Authorities(CertificateAuthorityEvidence before, CertificateAuthorityEvidence now) =>
        before.Certificates.Select(c => c.Thumbprint).ToHashSet().SetEquals(now.Certificates.Select(c => c.Thumbprint))
            ? null
            : $"The CA file was replaced: it holds {ReportPhrases.List(now.Certificates.Select(c => c.Subject), "no certificate")} now.";

    private static string? ServerCertificate(CertificateEvidence? before, CertificateEvidence? now) =>
        before is null || now is null || before.Thumbprint == now.Thumbprint ? null : $"The server shows another certificate: {ReportPhrases.Certificate(now)}.";

    // What could not be seen in one of the rounds is no change of it.
    private static string? Compare(string what, string? before, string? now) =>
        before is null || now is null || before == now ? null : $"{what} is {now} now and was {before}.";
}
