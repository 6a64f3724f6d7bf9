using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Kinds;

/// <summary>Which resource has something special about it.</summary>
internal static class StrategyTable
{
    private static readonly ResourceStrategy Plain = new();

    private static readonly Dictionary<string, ResourceStrategy> ByResource = new()
    {
        ["/namespaces"] = new NamespaceStrategy(),
        ["/serviceaccounts"] = new AnswersWithObjectStrategy(),
        ["/services"] = new AnswersWithObjectStrategy(),
        ["/persistentvolumeclaims"] = new AnswersWithObjectStrategy(),
        ["/persistentvolumes"] = new AnswersWithObjectStrategy(),
        ["/podtemplates"] = new AnswersWithObjectStrategy(),
        ["/resourcequotas"] = new AnswersWithObjectStrategy(),
        ["/secrets"] = new SecretStrategy(),
        ["/pods"] = new PodStrategy(),
        ["apps/deployments"] = new DeploymentStrategy(),
        ["apps/replicasets"] = new ReplicaSetStrategy(),
        ["apps/statefulsets"] = new StatefulSetStrategy(),
        ["apps/daemonsets"] = new DaemonSetStrategy(),
        ["batch/jobs"] = new JobStrategy(),
        ["batch/cronjobs"] = new CronJobStrategy(),
        ["rbac.authorization.k8s.io/roles"] = new RoleStrategy(),
        ["rbac.authorization.k8s.io/clusterroles"] = new RoleStrategy(),
        ["rbac.authorization.k8s.io/rolebindings"] = new RoleBindingStrategy("Role", "ClusterRole"),
        ["rbac.authorization.k8s.io/clusterrolebindings"] = new RoleBindingStrategy("ClusterRole"),
    };

    public static ResourceStrategy Of(ResourceType type) => ByResource.GetValueOrDefault(type.StorageKey, Plain);
}

/// <summary>Nothing special, but a deletion answers with the object.</summary>
internal sealed class AnswersWithObjectStrategy : ResourceStrategy
{
    public override bool AnswersDeletionWithObject => true;
}
