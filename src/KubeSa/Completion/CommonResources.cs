using KubeSa.Api;

namespace KubeSa.Completion;

/// <summary>Resources that every server has, which need not be asked for.</summary>
internal static class CommonResources
{
    private const string Rbac = "rbac.authorization.k8s.io";

    internal static readonly ApiResource Secrets = new(string.Empty, "v1", "secrets", "Secret", Namespaced: true);
    internal static readonly ApiResource Pods = new(string.Empty, "v1", "pods", "Pod", Namespaced: true);
    internal static readonly ApiResource Nodes = new(string.Empty, "v1", "nodes", "Node", Namespaced: false);
    internal static readonly ApiResource Roles = new(Rbac, "v1", "roles", "Role", Namespaced: true);
    internal static readonly ApiResource RoleBindings = new(Rbac, "v1", "rolebindings", "RoleBinding", Namespaced: true);
    internal static readonly ApiResource ClusterRoles = new(Rbac, "v1", "clusterroles", "ClusterRole", Namespaced: false);
    internal static readonly ApiResource ClusterRoleBindings = new(Rbac, "v1", "clusterrolebindings", "ClusterRoleBinding", Namespaced: false);
}
