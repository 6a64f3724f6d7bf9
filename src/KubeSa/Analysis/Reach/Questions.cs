namespace KubeSa.Analysis.Reach;

/// <summary>All that is asked of rules.</summary>
internal static class Questions
{
    private const string Rbac = "rbac.authorization.k8s.io";
    private const string Admission = "admissionregistration.k8s.io";
    private const string Certificates = "certificates.k8s.io";
    private const string Authentication = "authentication.k8s.io";

    internal static readonly Question CreatePods = new("create", "", "pods");
    internal static readonly Question Token = new("create", "", "serviceaccounts", "token");
    internal static readonly Question CreateAccounts = new("create", "", "serviceaccounts");
    internal static readonly Question CreateNamespaces = Cluster("create", "", "namespaces");
    internal static readonly Question GetSecrets = new("get", "", "secrets");
    internal static readonly Question ListSecrets = new("list", "", "secrets");
    internal static readonly Question WatchSecrets = new("watch", "", "secrets");
    internal static readonly Question CreateSecrets = new("create", "", "secrets");
    internal static readonly Question CreateClaims = new("create", "", "persistentvolumeclaims");
    internal static readonly Question CreateVolumes = Cluster("create", "", "persistentvolumes");
    internal static readonly Question CreateExec = new("create", "", "pods", "exec");
    internal static readonly Question GetExec = new("get", "", "pods", "exec");
    internal static readonly Question CreateAttach = new("create", "", "pods", "attach");
    internal static readonly Question GetAttach = new("get", "", "pods", "attach");
    internal static readonly Question GetNodesProxy = Cluster("get", "", "nodes", "proxy");
    internal static readonly Question CreateNodesProxy = Cluster("create", "", "nodes", "proxy");
    internal static readonly Question BindRoles = new("bind", Rbac, "roles");
    internal static readonly Question BindClusterRoles = new("bind", Rbac, "clusterroles");
    internal static readonly Question EscalateRoles = new("escalate", Rbac, "roles");
    internal static readonly Question EscalateClusterRoles = Cluster("escalate", Rbac, "clusterroles");
    internal static readonly Question CreateBindings = new("create", Rbac, "rolebindings");
    internal static readonly Question CreateClusterBindings = Cluster("create", Rbac, "clusterrolebindings");
    internal static readonly Question CreateRoles = new("create", Rbac, "roles");
    internal static readonly Question CreateClusterRoles = Cluster("create", Rbac, "clusterroles");
    internal static readonly Question ImpersonateUsers = Cluster("impersonate", "", "users");
    internal static readonly Question ImpersonateGroups = Cluster("impersonate", "", "groups");
    internal static readonly Question ImpersonateAccounts = new("impersonate", "", "serviceaccounts");
    internal static readonly Question ImpersonateAccountsConstrained = new("impersonate:serviceaccount", Authentication, "serviceaccounts");
    internal static readonly Question ImpersonateUsersConstrained = Cluster("impersonate:user-info", Authentication, "users");
    internal static readonly Question CreateRequests = Cluster("create", Certificates, "certificatesigningrequests");
    internal static readonly Question ApproveSigners = Cluster("approve", Certificates, "signers");
    internal static readonly Question NodeClient = Cluster("create", Certificates, "certificatesigningrequests", "nodeclient");
    internal static readonly Question SelfNodeClient = Cluster("create", Certificates, "certificatesigningrequests", "selfnodeclient");
    internal static readonly Question CreateMutatingPolicies = Cluster("create", Admission, "mutatingadmissionpolicies");
    internal static readonly Question CreateMutatingPolicyBindings = Cluster("create", Admission, "mutatingadmissionpolicybindings");
    internal static readonly Question DeletePods = new("delete", "", "pods");
    internal static readonly Question EvictPods = new("create", "", "pods", "eviction");
    internal static readonly Question BindPods = new("create", "", "pods", "binding");

    internal static readonly Question[] ReadSecrets = [ListSecrets, WatchSecrets];
    internal static readonly Question[] ApproveRequests = Writes(Certificates, "certificatesigningrequests", "approval", clusterScoped: true);
    internal static readonly Question[] ChangePods = Writes("", "pods");
    internal static readonly Question[] DebugPods = Writes("", "pods", "ephemeralcontainers");
    internal static readonly Question[] ChangeBindings = Writes(Rbac, "rolebindings");
    internal static readonly Question[] ChangeClusterBindings = Writes(Rbac, "clusterrolebindings", clusterScoped: true);
    internal static readonly Question[] ChangeRoles = Writes(Rbac, "roles");
    internal static readonly Question[] ChangeClusterRoles = Writes(Rbac, "clusterroles", clusterScoped: true);
    internal static readonly Question[] ChangeNamespaces = Writes("", "namespaces");
    internal static readonly Question[] ChangeConfigMaps = Writes("", "configmaps");
    internal static readonly Question[] ChangeNodes = [.. Writes("", "nodes", clusterScoped: true), .. Writes("", "nodes", "status", clusterScoped: true)];
    internal static readonly Question[] WriteMutatingWebhooks = [Cluster("create", Admission, "mutatingwebhookconfigurations"), .. Writes(Admission, "mutatingwebhookconfigurations", clusterScoped: true)];
    internal static readonly Question[] WriteValidatingWebhooks = [Cluster("create", Admission, "validatingwebhookconfigurations"), .. Writes(Admission, "validatingwebhookconfigurations", clusterScoped: true)];
    internal static readonly Question[] WriteApiServices = [Cluster("create", "apiregistration.k8s.io", "apiservices"), .. Writes("apiregistration.k8s.io", "apiservices", clusterScoped: true)];
    internal static readonly Question[] WriteCsiDrivers = [Cluster("create", "storage.k8s.io", "csidrivers"), .. Writes("storage.k8s.io", "csidrivers", clusterScoped: true)];

    internal static Question Cluster(string verb, string group, string resource, string? subresource = null) => new(verb, group, resource, subresource) { ClusterScoped = true };

    internal static Question[] Writes(string group, string resource, string? subresource = null, bool clusterScoped = false) =>
        [new("update", group, resource, subresource) { ClusterScoped = clusterScoped }, new("patch", group, resource, subresource) { ClusterScoped = clusterScoped }];
}
