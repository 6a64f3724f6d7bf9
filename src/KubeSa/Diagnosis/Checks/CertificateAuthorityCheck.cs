namespace KubeSa.Diagnosis.Checks;

/// <summary>The CA file holds certificates that are good by their own dates.</summary>
internal static class CertificateAuthorityCheck
{
    private const string Renew =
        "Compare it with the ConfigMap kube-root-ca.crt of the namespace, or, for a legacy token, with ca.crt of the Secret, and put the "
        + "cluster's CA there.";

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
                    ? "Give the process the right to read it: fsGroup or runAsUser in the pod's securityContext."
                    : "Let the projected volume hold ca.crt of the ConfigMap kube-root-ca.crt.");
        }

        if (authority.Certificates.Count == 0)
        {
            return Finding.Fail(
                AccessCause.CaMalformed,
                file.Empty ? $"The CA file '{file.Path}' is empty." : $"The CA file '{file.Path}' holds no certificate in PEM form (RFC 7468) that can be read.",
                Renew);
        }

        var now = Clocks.Now(evidence);
        var bad = authority.Certificates.Where(c => now < c.NotBefore || now > c.NotAfter).ToList();
        if (bad.Count == authority.Certificates.Count)
        {
            var finding = Finding.Fail(
                AccessCause.CaExpired,
                $"No certificate in '{file.Path}' is good at this time: {string.Join("; ", bad.Select(Words.Certificate))}.",
                Renew);
            return evidence.Tls is { Trusted: true, ValidNow: true } ? finding.Excused("The server is trusted all the same.") : finding;
        }

        return Describe(authority, bad);
    }

    private static Finding Describe(CertificateAuthorityEvidence authority, List<CertificateEvidence> bad)
    {
        var good = string.Join("; ", authority.Certificates.Except(bad).Select(Words.Certificate));
        var oddities = (bad.Count, authority.Broken) switch
        {
            (0, 0) => null,
            (0, _) => $"{authority.Broken} more cannot be read.",
            (_, 0) => $"{bad.Count} more are not good at this time.",
            _ => $"{bad.Count} more are not good at this time, and {authority.Broken} cannot be read.",
        };
        return oddities is null ? Finding.Pass($"{good}.") : Finding.Warn($"{good}. {oddities}", Renew);
    }
}
