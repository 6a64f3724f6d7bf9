using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Kinds;

/// <summary>Which resource has something special about it.</summary>
internal static class KindTable
{
    private static readonly Kind Plain = new();

    private static readonly Dictionary<string, Kind> ByResource = new()
    {
        ["/namespaces"] = new NamespaceKind(),
        ["/serviceaccounts"] = new AnswersWithObjectKind(),
        ["/services"] = new AnswersWithObjectKind(),
        ["/persistentvolumeclaims"] = new AnswersWithObjectKind(),
        ["/persistentvolumes"] = new AnswersWithObjectKind(),
        ["/podtemplates"] = new AnswersWithObjectKind(),
        ["/resourcequotas"] = new AnswersWithObjectKind(),
        ["/secrets"] = new SecretKind(),
        ["/pods"] = new PodKind(),
        ["apps/deployments"] = new DeploymentKind(),
        ["apps/replicasets"] = new ReplicaSetKind(),
        ["apps/statefulsets"] = new StatefulSetKind(),
        ["apps/daemonsets"] = new DaemonSetKind(),
        ["batch/jobs"] = new JobKind(),
        ["batch/cronjobs"] = new CronJobKind(),
        ["rbac.authorization.k8s.io/roles"] = new RoleKind(),
        ["rbac.authorization.k8s.io/clusterroles"] = new RoleKind(),
        ["rbac.authorization.k8s.io/rolebindings"] = new RoleBindingKind("Role", "ClusterRole"),
        ["rbac.authorization.k8s.io/clusterrolebindings"] = new RoleBindingKind("ClusterRole"),
    };

    public static Kind Of(ResourceType type) => ByResource.GetValueOrDefault(type.StorageKey, Plain);
}

/// <summary>Nothing special, but a deletion answers with the object.</summary>
internal sealed class AnswersWithObjectKind : Kind
{
    public override bool AnswersDeletionWithObject => true;
}
