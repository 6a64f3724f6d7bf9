namespace KubeSa.Cmdlets;

/// <summary>
/// The accounts that the control plane's controllers act as, by tokens they request for themselves: no pod runs as them, and
/// the cluster does not work without them.
/// </summary>
internal static class ControlPlaneAccounts
{
    private const string Namespace = "kube-system";

    // Those of the controller manager whose names do not end as the others' do; clusters add more of both kinds.
    private static readonly HashSet<string> OtherNames =
    [
        "bootstrap-signer", "cloud-provider", "controller-discovery", "generic-garbage-collector", "horizontal-pod-autoscaler", "kube-controller-manager",
        "kube-scheduler", "legacy-service-account-token-cleaner", "metadata-informers", "node-ipam", "persistent-volume-binder",
        "pod-garbage-collector", "podcertificaterequest-cleaner", "root-ca-cert-publisher", "shared-informers", "token-cleaner", "tokens-controller",
    ];

    internal static bool Includes(string ns, string name) =>
        ns == Namespace && (name.EndsWith("-controller", StringComparison.Ordinal) || OtherNames.Contains(name));
}
