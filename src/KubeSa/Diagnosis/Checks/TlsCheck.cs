namespace KubeSa.Diagnosis.Checks;

/// <summary>The server's certificate is signed by the CA and names the address.</summary>
internal static class TlsCheck
{
    internal static Finding Judge(AccessEvidence evidence)
    {
        if (evidence.Tls is not { } tls)
        {
            return Finding.Unseen();
        }

        if (tls.Outcome != StepOutcome.Done)
        {
            return NetworkFindings.Fail(tls.Outcome, $"The TLS handshake with {tls.ServerName}", tls.Error, connected: true);
        }

        if (tls.Certificate is not { } certificate)
        {
            return Finding.Fail(AccessCause.TlsUntrusted, "The server shows no certificate.", "See whether host and port are those of the API server.");
        }

        var shown = ReportPhrases.Certificate(certificate);

        // The order matters: an unknown signer makes whatever else the certificate says worthless.
        return tls switch
        {
            { Trusted: not true } => Untrusted(evidence, tls, certificate),
            { ValidNow: not true } => Finding.Fail(
                AccessCause.TlsExpired,
                $"The server's certificate {shown}, {Late(evidence, certificate)}is not valid at this machine's time, {ReportPhrases.Time(evidence.Clock)}.",
                "Renew the API server's certificates (kubeadm certs renew all), or set this machine's clock right."),
            { NameMatches: not true } => Finding.Fail(
                AccessCause.TlsNameMismatch,
                $"The server's certificate is not for '{tls.ServerName}' but for {ReportPhrases.List(certificate.Names, "no name at all")}.",
                "Use one of these names as KUBERNETES_SERVICE_HOST, or make the API server's certificate anew with this one (kubeadm: apiServer.certSANs)."),
            _ => Finding.Pass($"The server's certificate is {shown}."),
        };
    }

    private static Finding Untrusted(AccessEvidence evidence, TlsEvidence tls, CertificateEvidence certificate)
    {
        var authorities = evidence.CertificateAuthority.Certificates;
        var seen = $"The server's certificate {ReportPhrases.Certificate(certificate)}, is not signed by the CA in '{evidence.CertificateAuthority.File.Path}', "
            + $"which is {ReportPhrases.List(authorities.Select(a => a.Subject))}{Problems(tls)}.";

        // A CA that was replaced mostly keeps its name; whoever intercepts has one of their own.
        return Finding.Fail(
            AccessCause.TlsUntrusted,
            seen,
            authorities.Any(a => a.Subject == certificate.Issuer)
                ? $"A CA of the same name but with another key signed it, so ca.crt is of another cluster or older than the cluster's present CA: compare it with {CertificateAuthorityCheck.Source(evidence)} "
                    + "and recreate the pod."
                : $"See who '{certificate.Issuer}' is: a proxy, a service mesh or a firewall that intercepts TLS, or another server at this address; let it pass "
                    + $"{evidence.Environment.ApiServer} through. Or ca.crt is not this cluster's: compare it with {CertificateAuthorityCheck.Source(evidence)}.");
    }

    // The one that has expired may be the CA and not the server's.
    private static string Late(AccessEvidence evidence, CertificateEvidence certificate) =>
        certificate.NotBefore <= evidence.Clock && evidence.Clock <= certificate.NotAfter ? "or one that vouches for it, " : string.Empty;

    private static string Problems(TlsEvidence tls) => tls.ChainProblems.Count == 0 ? string.Empty : $" ({string.Join(", ", tls.ChainProblems)})";
}
