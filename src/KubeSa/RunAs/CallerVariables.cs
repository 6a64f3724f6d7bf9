using System.Collections;
using System.Management.Automation;

namespace KubeSa.RunAs;

/// <summary>
/// The variables of the environment that make a program act as whoever set them: other kubeconfigs and servers, the identity of
/// this pod, and clouds, by whose credentials kubeconfigs get theirs. Proxies stay, for without them the cluster may be out of
/// reach.
/// </summary>
internal static class CallerVariables
{
    // KUBERNETES_SERVICE_HOST among them: programs that find no kubeconfig they like would fall back to the pod's own account.
    private static readonly string[] OfKubernetes = ["KUBE", "HELM_KUBE", "HELM_NAMESPACE", "K8S_AUTH_"];

    private static readonly string[] OfClouds =
    [
        "AWS_", "AZURE_", "ARM_", "AAD_", "MSI_", "IDENTITY_", "GOOGLE_", "CLOUDSDK_", "GCLOUD_", "GCP_", "ALIBABA_CLOUD_", "ALICLOUD_", "OCI_", "OS_",
        "IBMCLOUD_", "IC_API_KEY", "DIGITALOCEAN_", "LINODE_", "HCLOUD_", "SCW_", "TELEPORT_",
    ];

    // What they hold is no more than a taste.
    private static readonly HashSet<string> Harmless = new(["KUBE_EDITOR", "KUBECTL_EXTERNAL_DIFF"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Those that are set, and are not to be seen by a block.</summary>
    /// <param name="keepsClouds">Whether credential plugins in the block need what clouds have.</param>
    /// <param name="keep">Names, with wildcards, of those that the user wants in the block all the same.</param>
    internal static IReadOnlyList<string> Find(bool keepsClouds, IReadOnlyList<WildcardPattern> keep)
    {
        var beginnings = keepsClouds ? OfKubernetes : [.. OfKubernetes, .. OfClouds];
        return
        [
            .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key)
                .Where(name => beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)))
                .Where(name => !Harmless.Contains(name) && !keep.Any(pattern => pattern.IsMatch(name))),
        ];
    }
}
