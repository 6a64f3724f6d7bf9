namespace KubeSa.Sandbox.Discovery;

/// <summary>The names of the checks below /healthz, /livez and /readyz, in the order a verbose answer lists them.</summary>
internal static class HealthChecks
{
    private const string LegacyHooks = """
        poststarthook/start-kube-apiserver-admission-initializer
        poststarthook/generic-apiserver-start-informers
        poststarthook/priority-and-fairness-config-consumer
        poststarthook/priority-and-fairness-filter
        poststarthook/start-apiextensions-informers
        poststarthook/start-apiextensions-controllers
        poststarthook/crd-informer-synced
        poststarthook/bootstrap-controller
        poststarthook/rbac/bootstrap-roles
        poststarthook/scheduling/bootstrap-system-priority-classes
        poststarthook/priority-and-fairness-config-producer
        poststarthook/start-cluster-authentication-info-controller
        poststarthook/aggregator-reload-proxy-client-cert
        poststarthook/start-kube-aggregator-informers
        poststarthook/apiservice-registration-controller
        poststarthook/apiservice-status-available-controller
        poststarthook/kube-apiserver-autoregistration
        autoregister-completion
        poststarthook/apiservice-openapi-controller
        """;

    private const string ModernHooks = """
        poststarthook/start-apiserver-admission-initializer
        poststarthook/generic-apiserver-start-informers
        poststarthook/priority-and-fairness-config-consumer
        poststarthook/priority-and-fairness-filter
        poststarthook/storage-object-count-tracker-hook
        poststarthook/start-apiextensions-informers
        poststarthook/start-apiextensions-controllers
        poststarthook/crd-informer-synced
        poststarthook/start-system-namespaces-controller
        poststarthook/peer-endpoint-reconciler-controller
        poststarthook/start-cluster-authentication-info-controller
        poststarthook/start-kube-apiserver-identity-lease-controller
        poststarthook/start-kube-apiserver-identity-lease-garbage-collector
        poststarthook/storage-readiness
        poststarthook/start-legacy-token-tracking-controller
        poststarthook/start-service-ip-repair-controllers
        poststarthook/rbac/bootstrap-roles
        poststarthook/scheduling/bootstrap-system-priority-classes
        poststarthook/priority-and-fairness-config-producer
        poststarthook/bootstrap-controller
        poststarthook/start-kubernetes-service-cidr-controller
        poststarthook/aggregator-reload-proxy-client-cert
        poststarthook/start-kube-aggregator-informers
        poststarthook/apiservice-status-local-available-controller
        poststarthook/apiservice-status-remote-available-controller
        poststarthook/apiservice-registration-controller
        poststarthook/apiservice-wait-for-first-sync
        poststarthook/apiservice-discovery-controller
        poststarthook/kube-apiserver-autoregistration
        autoregister-completion
        poststarthook/apiservice-openapi-controller
        poststarthook/apiservice-openapiv3-controller
        """;

    /// <summary>By the first segment of the path.</summary>
    public static Dictionary<string, IReadOnlyList<string>> Of(ServerVersion serverVersion)
    {
        string[] alive = serverVersion.IsLegacy ? ["ping", "log", "etcd"] : ["ping", "log", "loopback-serving-certificate", "etcd"];
        string[] ready = serverVersion.IsLegacy ? ["ping", "log", "etcd", "informer-sync"] : ["ping", "log", "etcd", "etcd-readiness", "informer-sync"];
        var hooks = (serverVersion.IsLegacy ? LegacyHooks : ModernHooks).Split('\n');
        return new()
        {
            ["healthz"] = [.. alive, .. hooks],
            ["livez"] = [.. alive, .. hooks],
            ["readyz"] = [.. ready, .. hooks, "shutdown"],
        };
    }
}
