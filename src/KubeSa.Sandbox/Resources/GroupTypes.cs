namespace KubeSa.Sandbox.Resources;

/// <summary>The resources of the named groups: workloads, RBAC and reviews.</summary>
internal static class GroupTypes
{
    private static readonly string[] Status = ["get", "patch", "update"];
    private static readonly string[] CreateOnly = ["create"];

    public static IEnumerable<ResourceType> Of(ServerVersion serverVersion) =>
        Apps().Concat(Batch(serverVersion)).Concat(Reviews(serverVersion)).Concat(Rbac(serverVersion)).Concat(Others(serverVersion));

    private static IEnumerable<ResourceType> Apps()
    {
        yield return Type("apps", "v1", "controllerrevisions", "ControllerRevision");
        yield return Type("apps", "v1", "daemonsets", "DaemonSet", shortName: "ds", category: "all", subresources: [StatusOf("DaemonSet")]);
        yield return Type("apps", "v1", "deployments", "Deployment", shortName: "deploy", category: "all", subresources: [Scale, StatusOf("Deployment")]);
        yield return Type("apps", "v1", "replicasets", "ReplicaSet", shortName: "rs", category: "all", subresources: [Scale, StatusOf("ReplicaSet")]);
        yield return Type("apps", "v1", "statefulsets", "StatefulSet", shortName: "sts", category: "all", subresources: [Scale, StatusOf("StatefulSet")]);
    }

    private static IEnumerable<ResourceType> Batch(ServerVersion serverVersion)
    {
        var cronJobs = serverVersion.IsLegacy ? "v1beta1" : "v1";
        yield return Type("batch", cronJobs, "cronjobs", "CronJob", shortName: "cj", category: "all", subresources: [StatusOf("CronJob")], storedAs: $"batch/{cronJobs}");
        yield return Type("batch", "v1", "jobs", "Job", category: "all", subresources: [StatusOf("Job")]);
    }

    private static IEnumerable<ResourceType> Reviews(ServerVersion serverVersion)
    {
        foreach (var version in BetaToo(serverVersion))
        {
            if (!serverVersion.IsLegacy)
            {
                yield return Type("authentication.k8s.io", version, "selfsubjectreviews", "SelfSubjectReview", false, verbs: CreateOnly);
            }

            yield return Type("authentication.k8s.io", version, "tokenreviews", "TokenReview", false, verbs: CreateOnly);
            yield return Type("authorization.k8s.io", version, "localsubjectaccessreviews", "LocalSubjectAccessReview", verbs: CreateOnly);
            yield return Type("authorization.k8s.io", version, "selfsubjectaccessreviews", "SelfSubjectAccessReview", false, verbs: CreateOnly);
            yield return Type("authorization.k8s.io", version, "selfsubjectrulesreviews", "SelfSubjectRulesReview", false, verbs: CreateOnly);
            yield return Type("authorization.k8s.io", version, "subjectaccessreviews", "SubjectAccessReview", false, verbs: CreateOnly);
        }
    }

    private static IEnumerable<ResourceType> Rbac(ServerVersion serverVersion)
    {
        foreach (var version in BetaToo(serverVersion))
        {
            yield return Type("rbac.authorization.k8s.io", version, "clusterrolebindings", "ClusterRoleBinding", false);
            yield return Type("rbac.authorization.k8s.io", version, "clusterroles", "ClusterRole", false);
            yield return Type("rbac.authorization.k8s.io", version, "rolebindings", "RoleBinding");
            yield return Type("rbac.authorization.k8s.io", version, "roles", "Role");
        }
    }

    private static IEnumerable<ResourceType> Others(ServerVersion serverVersion)
    {
        yield return Type("coordination.k8s.io", "v1", "leases", "Lease");
        var ingresses = serverVersion.IsLegacy ? "networking.k8s.io/v1beta1" : "networking.k8s.io/v1";
        yield return Ingresses("networking.k8s.io", "v1", ingresses);
        if (serverVersion.IsLegacy)
        {
            yield return Ingresses("networking.k8s.io", "v1beta1", ingresses);
            yield return Ingresses("extensions", "v1beta1", ingresses);
        }
    }

    private static ResourceType Ingresses(string group, string version, string storedAs) =>
        Type(group, version, "ingresses", "Ingress", shortName: "ing", subresources: [StatusOf("Ingress")], storedAs: storedAs);

    private static string[] BetaToo(ServerVersion serverVersion) => serverVersion.IsLegacy ? ["v1", "v1beta1"] : ["v1"];

    private static Subresource Scale { get; } = new("scale", "Scale", Status, "autoscaling", "v1");

    private static Subresource StatusOf(string kind) => new("status", kind, Status);

    internal static ResourceType Type(
        string group, string version, string name, string kind, bool namespaced = true, string? shortName = null, string? category = null,
        IReadOnlyList<string>? verbs = null, IReadOnlyList<Subresource>? subresources = null, string? storedAs = null) =>
        new()
        {
            Group = group,
            Version = version,
            Name = name,
            Kind = kind,
            Namespaced = namespaced,
            ShortNames = shortName is null ? [] : [shortName],
            Verbs = verbs ?? ResourceType.AllVerbs,
            Categories = category is null ? [] : [category],
            Subresources = subresources ?? [],
            StoredAs = storedAs,
        };
}
