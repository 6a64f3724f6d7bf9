using System.Collections;

namespace KubeSa.Completion;

/// <summary>Completes the resources that are asked for most, and those of the open connection's server.</summary>
public sealed class ResourceCompleter : NameCompleter
{
    private static readonly string[] Common =
    [
        "pods", "pods/log", "pods/exec", "services", "endpoints", "configmaps", "secrets", "serviceaccounts",
        "serviceaccounts/token", "namespaces", "nodes", "events", "persistentvolumeclaims", "deployments.apps",
        "replicasets.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch",
        "ingresses.networking.k8s.io", "leases.coordination.k8s.io", "roles.rbac.authorization.k8s.io",
        "rolebindings.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io",
        "clusterrolebindings.rbac.authorization.k8s.io",
    ];

    private protected override IEnumerable<string> Names(IDictionary bound) =>
        Common.Union(ClusterNames.Resources(bound));
}
