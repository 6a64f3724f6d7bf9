using System.Text.RegularExpressions;

namespace KubeSa.Formatting;

/// <summary>How API servers and admission webhooks name things in their sentences, and which of these names every cluster has.</summary>
internal static partial class ServerMessageNames
{
    private static readonly HashSet<string> Kinds =
    [
        "pods", "pods/log", "pods/exec", "secrets", "configmaps", "services", "endpoints", "events", "nodes", "namespaces", "serviceaccounts", "serviceaccounts/token",
        "deployments", "statefulsets", "daemonsets", "replicasets", "jobs", "cronjobs", "roles", "rolebindings", "clusterroles", "clusterrolebindings", "leases",
        "ingresses", "networkpolicies", "persistentvolumes", "persistentvolumeclaims", "tokenreviews", "selfsubjectreviews", "selfsubjectaccessreviews",
        "subjectaccessreviews", "apps", "batch", "policy", "autoscaling", "extensions", "get", "list", "watch", "create", "update", "patch", "delete", "cluster-admin",
        "restricted", "baseline", "privileged", "latest",
    ];

    private static readonly string[] Groups = ["k8s.io", "kubernetes.io", ".svc", ".cluster.local", ".apps", ".batch", ".policy", ".autoscaling", ".crt", ".json", ".yaml", ".log"];

    private static readonly string[] Fields = ["metadata.", "spec.", "status.", "data.", "items.", "subjects.", "pods.", "kubernetes.default"];

    /// <summary>Whether a name is one of Kubernetes itself, and so tells nothing.</summary>
    internal static bool IsOfKubernetes(string name) =>
        Kinds.Contains(name)
        || (name.StartsWith("system:", StringComparison.Ordinal) && !name.StartsWith("system:serviceaccount:", StringComparison.Ordinal))
        || name.StartsWith("kubesa.", StringComparison.Ordinal)
        || Groups.Any(group => name.EndsWith(group, StringComparison.Ordinal))
        || Fields.Any(field => name.StartsWith(field, StringComparison.Ordinal));

    /// <summary>A mail address.</summary>
    [GeneratedRegex(@"(?<![\w.+<-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex Mail();

    /// <summary>A host, a domain, or a group of custom resources, which is called after one.</summary>
    [GeneratedRegex(@"(?<![\w./<-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?![\w>-])", RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex Host();

    /// <summary>The user name of a service account.</summary>
    [GeneratedRegex(@"system:serviceaccount:([a-z0-9-]+):([a-z0-9.-]*[a-z0-9])", RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex Account();

    /// <summary>A name behind what it is of.</summary>
    [GeneratedRegex(@"(service ?accounts? |exceeded quota: |failed quota: |secret |ClusterRole |RoleBinding |namespace: )((?=[a-z0-9./-]*[/-])[a-z0-9][a-z0-9./-]*[a-z0-9])", RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex AfterNoun();

    /// <summary>A name in the quotation marks that servers use.</summary>
    [GeneratedRegex("\"([^\"\\s]+)\"", RegexOptions.CultureInvariant, 1000)]
    internal static partial Regex Quoted();
}
