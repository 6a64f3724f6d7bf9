namespace KubeSa.Sandbox.Resources;

/// <summary>The resources of the group without a name, v1.</summary>
internal static class CoreTypes
{
    private static readonly string[] Proxy = ["create", "delete", "get", "patch", "update"];
    private static readonly string[] Status = ["get", "patch", "update"];
    private static readonly string[] Connect = ["create", "get"];
    private static readonly string[] CreateOnly = ["create"];
    private static readonly string[] WithoutDeleteCollection = ["create", "delete", "get", "list", "patch", "update", "watch"];

    public static IEnumerable<ResourceType> Of(ServerVersion serverVersion)
    {
        yield return Type("bindings", "Binding", verbs: CreateOnly);
        yield return Type("componentstatuses", "ComponentStatus", namespaced: false, shortName: "cs", verbs: ["get", "list"]);
        yield return Type("configmaps", "ConfigMap", shortName: "cm");
        yield return Type("endpoints", "Endpoints", shortName: "ep");
        yield return Type("events", "Event", shortName: "ev");
        yield return Type("limitranges", "LimitRange", shortName: "limits");
        yield return Type("namespaces", "Namespace", namespaced: false, shortName: "ns", verbs: WithoutDeleteCollection,
            subresources: [new("finalize", "Namespace", ["update"]), new("status", "Namespace", Status)]);
        yield return Type("nodes", "Node", namespaced: false, shortName: "no",
            subresources: [new("proxy", "NodeProxyOptions", Proxy), new("status", "Node", Status)]);
        yield return Type("persistentvolumeclaims", "PersistentVolumeClaim", shortName: "pvc",
            subresources: [new("status", "PersistentVolumeClaim", Status)]);
        yield return Type("persistentvolumes", "PersistentVolume", namespaced: false, shortName: "pv",
            subresources: [new("status", "PersistentVolume", Status)]);
        yield return Type("pods", "Pod", shortName: "po", category: "all", subresources: [.. PodSubresources(serverVersion)]);
        yield return Type("podtemplates", "PodTemplate");
        yield return Type("replicationcontrollers", "ReplicationController", shortName: "rc", category: "all",
            subresources: [new("scale", "Scale", Status, "autoscaling", "v1"), new("status", "ReplicationController", Status)]);
        yield return Type("resourcequotas", "ResourceQuota", shortName: "quota", subresources: [new("status", "ResourceQuota", Status)]);
        yield return Type("secrets", "Secret");
        yield return Type("serviceaccounts", "ServiceAccount", shortName: "sa",
            subresources: [new("token", "TokenRequest", CreateOnly, "authentication.k8s.io", "v1")]);
        yield return Type("services", "Service", shortName: "svc", category: "all", verbs: serverVersion.IsLegacy ? WithoutDeleteCollection : null,
            subresources: [new("proxy", "ServiceProxyOptions", Proxy), new("status", "Service", Status)]);
    }

    private static IEnumerable<Subresource> PodSubresources(ServerVersion serverVersion)
    {
        yield return new("attach", "PodAttachOptions", Connect);
        yield return new("binding", "Binding", CreateOnly);
        if (!serverVersion.IsLegacy)
        {
            yield return new("ephemeralcontainers", "Pod", Status);
        }

        yield return new("eviction", "Eviction", CreateOnly, "policy", serverVersion.IsLegacy ? "v1beta1" : "v1");
        yield return new("exec", "PodExecOptions", Connect);
        yield return new("log", "Pod", ["get"]);
        yield return new("portforward", "PodPortForwardOptions", Connect);
        yield return new("proxy", "PodProxyOptions", Proxy);
        if (!serverVersion.IsLegacy)
        {
            yield return new("resize", "Pod", Status);
        }

        yield return new("status", "Pod", Status);
    }

    private static ResourceType Type(
        string name, string kind, bool namespaced = true, string? shortName = null, string? category = null,
        IReadOnlyList<string>? verbs = null, IReadOnlyList<Subresource>? subresources = null) =>
        GroupTypes.Type("", "v1", name, kind, namespaced, shortName, category, verbs, subresources);
}
