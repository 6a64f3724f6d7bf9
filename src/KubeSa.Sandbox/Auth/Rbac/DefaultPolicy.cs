using System.Text.Json.Nodes;
using static KubeSa.Sandbox.Auth.Rbac.RbacObjects;

namespace KubeSa.Sandbox.Auth.Rbac;

/// <summary>The roles and bindings that a fresh cluster holds.</summary>
internal static class DefaultPolicy
{
    private const string Group = "rbac.authorization.k8s.io";

    public static void Populate(SandboxState state)
    {
        foreach (var role in DefaultClusterRoles.Of(state.ServerVersion))
        {
            Add(state, "clusterroles", role);
        }

        foreach (var binding in ClusterRoleBindings())
        {
            Add(state, "clusterrolebindings", binding);
        }

        var roles = Roles(state.ServerVersion).ToArray();
        foreach (var (role, _) in roles)
        {
            Add(state, "roles", role);
        }

        foreach (var (role, subjects) in roles)
        {
            var (ns, name) = (role.Text("metadata", "namespace")!, role.Text("metadata", "name")!);
            // The one binding whose name is not that of its role.
            var bindingName = name == "extension-apiserver-authentication-reader" ? "system::" + name : name;
            Add(state, "rolebindings", Binding(ns, bindingName, "Role", name, subjects));
        }
    }

    private static IEnumerable<JsonObject> ClusterRoleBindings() =>
    [
        ToGroups("cluster-admin", UserInfo.Masters),
        ToGroups("system:monitoring", "system:monitoring"),
        ToGroups("system:discovery", WellKnownUsers.AuthenticatedGroup),
        ToGroups("system:basic-user", WellKnownUsers.AuthenticatedGroup),
        ToGroups("system:public-info-viewer", WellKnownUsers.AuthenticatedGroup, WellKnownUsers.UnauthenticatedGroup),
        ToGroups("system:service-account-issuer-discovery", "system:serviceaccounts"),
    ];

    private static JsonObject ToGroups(string role, params string[] groups) =>
        Binding("", role, "ClusterRole", role, [.. groups.Select(GroupSubject)]);

    private static IEnumerable<(JsonObject Role, JsonObject[] Subjects)> Roles(ServerVersion serverVersion)
    {
        const string Kube = "kube-system";
        JsonObject Events() => Rule("create patch update", serverVersion.IsLegacy ? "core" : "core events.k8s.io", "events");
        yield return (
            Role(Kube, "extension-apiserver-authentication-reader",
                Rule("get list watch", "core", "configmaps", "extension-apiserver-authentication")),
            [UserSubject("system:kube-controller-manager"), UserSubject("system:kube-scheduler")]);
        yield return (LeaderLock("kube-controller-manager", serverVersion), LeaderSubjects("kube-controller-manager", serverVersion));
        yield return (LeaderLock("kube-scheduler", serverVersion), LeaderSubjects("kube-scheduler", serverVersion));
        yield return (
            Role(Kube, "system:controller:bootstrap-signer", Rule("get list watch", "core", "secrets")),
            [Account(Kube, "bootstrap-signer")]);
        yield return (
            Role(Kube, "system:controller:cloud-provider", Rule("create get list watch", "core", "configmaps")),
            [Account(Kube, "cloud-provider")]);
        yield return (
            Role(Kube, "system:controller:token-cleaner", Rule("delete get list watch", "core", "secrets"), Events()),
            [Account(Kube, "token-cleaner")]);
        yield return (
            Role("kube-public", "system:controller:bootstrap-signer",
                Rule("get list watch", "core", "configmaps"), Rule("update", "core", "configmaps", "cluster-info"), Events()),
            [Account(Kube, "bootstrap-signer")]);
    }

    private static JsonObject LeaderLock(string component, ServerVersion serverVersion)
    {
        const string Lease = "create get list update watch";
        const string Coordination = "coordination.k8s.io";
        return Role("kube-system", "system::leader-locking-" + component, serverVersion.IsLegacy
            ? [Rule("watch", "core", "configmaps"), Rule("get update", "core", "configmaps", component)]
            : [Rule(Lease, Coordination, "leases"), Rule(Lease, Coordination, "leasecandidates")]);
    }

    private static JsonObject[] LeaderSubjects(string component, ServerVersion serverVersion)
    {
        JsonObject[] own = [UserSubject("system:" + component), Account("kube-system", component)];
        return serverVersion.IsLegacy || component == "kube-scheduler" ? own : [.. own, Account("kube-system", "leader-election-controller")];
    }

    private static void Add(SandboxState state, string resource, JsonObject obj)
    {
        var metadata = obj.Child("metadata");
        metadata.Child("labels")["kubernetes.io/bootstrapping"] = "rbac-defaults";
        metadata.Child("annotations")["rbac.authorization.kubernetes.io/autoupdate"] = "true";
        state.Store.Create(state.Types.Get(Group, resource), obj);
    }
}
