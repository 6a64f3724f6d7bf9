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
            return Outcomes.Fail(tls.Outcome, $"The TLS handshake with {tls.ServerName}", tls.Error, connected: true);
        }

        if (tls.Certificate is not { } certificate)
        {
            return Finding.Fail(AccessCause.TlsUntrusted, "The server shows no certificate.", "See whether host and port are those of the API server.");
        }

        var shown = Words.Certificate(certificate);

        // The order matters: an unknown signer makes whatever else the certificate says worthless.
        return tls switch
        {
            { Trusted: not true } => Finding.Fail(
                AccessCause.TlsUntrusted,
                $"The server's certificate {shown}, is not signed by the CA in '{evidence.CertificateAuthority.File.Path}'{Problems(tls)}.",
                "Either ca.crt is of another cluster or older than the cluster's present CA: compare it with the ConfigMap kube-root-ca.crt and make "
                + "the pod again. Or a proxy or another server answers at this address: see who the issuer is."),
            { ValidNow: not true } => Finding.Fail(
                AccessCause.TlsExpired,
                $"The server's certificate {shown}, or one that vouches for it, is not good at this machine's time, {Words.Time(evidence.Clock)}.",
                "Renew the API server's certificates (kubeadm certs renew all), or set this machine's clock right."),
            { NameMatches: not true } => Finding.Fail(
                AccessCause.TlsNameMismatch,
                $"The server's certificate is not for '{tls.ServerName}' but for {Words.List(certificate.Names, "no name at all")}.",
                "Use one of these names as KUBERNETES_SERVICE_HOST, or make the API server's certificate anew with this one (kubeadm: apiServer.certSANs)."),
            _ => Finding.Pass($"The server's certificate is {shown}."),
        };
    }

    private static string Problems(TlsEvidence tls) => tls.ChainProblems.Count == 0 ? string.Empty : $" ({string.Join(", ", tls.ChainProblems)})";
}
