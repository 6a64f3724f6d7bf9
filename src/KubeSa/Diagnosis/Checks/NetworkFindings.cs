namespace KubeSa.Diagnosis.Checks;

/// <summary>What it means that a step on the network did not end well; the same for each of them.</summary>
internal static class NetworkFindings
{
    private const string Blocked =
        "See whether a NetworkPolicy or a firewall lets the pod reach the API server, and whether kube-proxy or the CNI on its node is healthy.";

    private const string Silent =
        "The connection stands, so the server or what is between is slow or stuck: see the API server's load and etcd, and whether the network drops "
        + "large packets (MTU). A longer -TimeoutSeconds tells slow from stuck.";

    /// <summary>A finding for an outcome other than Done.</summary>
    /// <param name="outcome">How the step ended.</param>
    /// <param name="what">The step.</param>
    /// <param name="error">The name of the failure.</param>
    /// <param name="connected">Whether there was a connection by then.</param>
    internal static Finding Fail(StepOutcome outcome, string what, string? error, bool connected) => outcome switch
    {
        StepOutcome.HostNotFound when error == "TryAgain" => Finding.Fail(AccessCause.HostNotFound, $"{what}: no DNS server answers ({error}).",
            "See whether a NetworkPolicy lets the pod reach CoreDNS (Service kube-system/kube-dns, port 53, UDP and TCP), whether CoreDNS runs, and the pod's dnsPolicy and dnsConfig."),
        StepOutcome.HostNotFound => Finding.Fail(AccessCause.HostNotFound, $"{what}: the host name does not resolve.",
            "See the pod's dnsPolicy and dnsConfig, CoreDNS, and whether KUBERNETES_SERVICE_HOST is right; usually it is an address and no name."),
        StepOutcome.Refused => Finding.Fail(AccessCause.ConnectionRefused, $"{what}: the connection is refused; nothing listens there.",
            "See whether the API server is up (Invoke-KubeRestMethod /readyz), and whether host and port are those of Service default/kubernetes."),
        StepOutcome.Unreachable => Finding.Fail(AccessCause.ConnectionRefused, $"{what}: there is no way to the address ({error}).", Blocked),
        StepOutcome.TimedOut => Finding.Fail(AccessCause.ConnectionTimedOut, $"{what}: no whole answer within the time allowed.", connected ? Silent : Blocked),
        StepOutcome.Reset => Finding.Fail(AccessCause.ConnectionReset, $"{what}: the other side closed the connection ({error}).",
            "See whether the API server is restarting, and whether a proxy, a service mesh or a firewall stands in between."),
        StepOutcome.Malformed => Finding.Fail(AccessCause.NotKubernetes, $"{what}: what comes back is not the right protocol ({error}).",
            "See whether host and port are those of the API server, and whether a proxy stands in between."),
        _ => Finding.Fail(AccessCause.Unknown, $"{what} fails ({error}).", "See the API server's log at this time."),
    };
}
