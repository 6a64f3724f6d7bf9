namespace KubeSa.Diagnosis.Checks;

/// <summary>The CA file holds certificates that are good by their own dates.</summary>
internal static class CertificateAuthorityCheck
{
    internal static Finding Judge(AccessEvidence evidence)
    {
        var authority = evidence.CertificateAuthority;
        var file = authority.File;
        if (!file.Exists || file.Problem is not null)
        {
            return Finding.Fail(
                AccessCause.CaFileMissing,
                $"The CA file '{file.Path}' {MountCheck.Describe(file)}.",
                file.Exists
                    ? MountCheck.Permit
                    : $"Let the projected volume hold ca.crt of {Source(evidence)}.");
        }

        if (authority.Certificates.Count == 0)
        {
            return Finding.Fail(
                AccessCause.CaMalformed,
                file.Empty ? $"The CA file '{file.Path}' is empty." : $"The CA file '{file.Path}' holds no certificate in PEM form (RFC 7468) that can be read.",
                Renew(evidence));
        }

        var now = ServerClock.Now(evidence);
        var bad = authority.Certificates.Where(c => now < c.NotBefore || now > c.NotAfter).ToList();
        if (bad.Count == authority.Certificates.Count)
        {
            var finding = Finding.Fail(
                AccessCause.CaExpired,
                $"No certificate in '{file.Path}' is good at this time: {string.Join("; ", bad.Select(ReportPhrases.Certificate))}. It is {ReportPhrases.Time(now)} now.",
                Renew(evidence));
            return evidence.Tls is { Trusted: true, ValidNow: true } ? finding.Excused("The server is trusted all the same.") : finding;
        }

        return Describe(authority, bad, Renew(evidence));
    }

    private static Finding Describe(CertificateAuthorityEvidence authority, List<CertificateEvidence> bad, string remedy)
    {
        var good = string.Join("; ", authority.Certificates.Except(bad).Select(ReportPhrases.Certificate));
        var oddities = (bad.Count, authority.Broken) switch
        {
            (0, 0) => null,
            (0, _) => $"{authority.Broken} more cannot be read.",
            (_, 0) => $"{bad.Count} more are not valid at this time.",
            _ => $"{bad.Count} more are not valid at this time, and {authority.Broken} cannot be read.",
        };
        return oddities is null ? Finding.Pass($"{good}.") : Finding.Warn($"{good}. {oddities}", remedy);
    }

    /// <summary>Where the cluster's CA is to be found, besides the mount.</summary>
    internal static string Source(AccessEvidence evidence)
    {
        var ns = evidence.Token.Info?.Namespace ?? evidence.Namespace.Value;
        return $"the ConfigMap {(ns is null ? string.Empty : $"{ns}/")}kube-root-ca.crt";
    }

    private static string Renew(AccessEvidence evidence) => evidence.Token.Info is { Kind: TokenKind.Legacy, SecretName: { } secret } token
        ? $"Compare it with ca.crt of the Secret {token.Namespace}/{secret} and with {Source(evidence)}, and put the cluster's CA there."
        : $"Compare it with {Source(evidence)}, and put the cluster's CA there.";
}
