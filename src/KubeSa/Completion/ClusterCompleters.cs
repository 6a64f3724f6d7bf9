using KubeSa.Api;

namespace KubeSa.Completion;

/// <summary>Completes the names of namespaces.</summary>
public sealed class NamespaceCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) =>
        CompletionCache.Get(request with { Word = string.Empty }, "namespaces", (api, _, call) => CompletionCache.NamesAsync(api.ListNamespaceNamesAsync(call), name => name));
}

/// <summary>Completes the names of service accounts, those of another namespace behind its name and a slash.</summary>
public sealed class ServiceAccountCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) =>
        Qualified(request, CompletionCache.Get(request, "accounts", AccountsAsync));

    internal static IEnumerable<string> Qualified(TabRequest request, IEnumerable<string> names) =>
        request.NamespaceInWord is { } ns ? names.Select(name => $"{ns}/{name}") : names;

    private static Task<List<string>> AccountsAsync(IKubeApi api, string? ns, CallContext call) =>
        CompletionCache.NamesAsync(api.ListServiceAccountsAsync(new ListQuery(ns), call), account => account.Name);
}

/// <summary>Completes the users that one can act as: the service accounts of all namespaces, as the server names them.</summary>
public sealed class UserCompleter : NameCompleter
{
    private const string Prefix = "system:serviceaccount:";

    private protected override IEnumerable<string> Names(TabRequest request) => CompletionCache.Get(
        request with { Word = string.Empty },
        "users",
        (api, _, call) => CompletionCache.NamesAsync(api.ListServiceAccountsAsync(new ListQuery(null), call), account => account.UserName));

    // Nobody types the prefix: the namespace or the account's own name will do.
    private protected override bool Matches(string name, string word) =>
        base.Matches(name, word) || name[Prefix.Length..].Split(':').Any(part => CompletionText.Matches(part, word));
}

/// <summary>Completes the groups that every cluster has, and those of the service accounts of a namespace.</summary>
public sealed class GroupCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) =>
        CompletionCache.Get(request with { Word = string.Empty }, "namespaces", (api, _, call) => CompletionCache.NamesAsync(api.ListNamespaceNamesAsync(call), name => name))
            .Select(ns => $"system:serviceaccounts:{ns}")
            .Prepend("system:serviceaccounts").Prepend("system:masters").Prepend("system:authenticated");
}

/// <summary>Completes the names of token Secrets.</summary>
public sealed class TokenSecretCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) => ServiceAccountCompleter.Qualified(request, CompletionCache.Get(
        request, "token Secrets", (api, ns, call) => api.ListNamesAsync(CommonResources.Secrets, ns, "type=kubernetes.io/service-account-token", call)));
}

/// <summary>Completes the names of Secrets that hold the credentials of image registries. Their contents are not asked for.</summary>
public sealed class PullSecretCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) => CompletionCache.Get(
        request,
        "pull Secrets",
        async (api, ns, call) =>
        [
            .. await api.ListNamesAsync(CommonResources.Secrets, ns, "type=kubernetes.io/dockerconfigjson", call).ConfigureAwait(false),
            .. await api.ListNamesAsync(CommonResources.Secrets, ns, "type=kubernetes.io/dockercfg", call).ConfigureAwait(false),
        ]);
}

/// <summary>Completes the names of ClusterRoles.</summary>
public sealed class ClusterRoleCompleter : NameCompleter
{
    internal static IEnumerable<string> ClusterRoles(TabRequest request) => CompletionCache.Get(
        request with { Word = string.Empty }, "ClusterRoles", (api, _, call) => api.ListNamesAsync(CommonResources.ClusterRoles, null, null, call));

    private protected override IEnumerable<string> Names(TabRequest request) => ClusterRoles(request);
}

/// <summary>Completes the names of Roles of the namespace, of ClusterRoles where the whole cluster is meant.</summary>
public sealed class RoleCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) => request.Has("ClusterWide")
        ? ClusterRoleCompleter.ClusterRoles(request)
        : CompletionCache.Get(request, "Roles", (api, ns, call) => api.ListNamesAsync(CommonResources.Roles, ns, null, call));
}

/// <summary>Completes the names of RoleBindings of the namespace, of ClusterRoleBindings where the whole cluster is meant.</summary>
public sealed class RoleBindingCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) => request.Has("ClusterWide")
        ? CompletionCache.Get(request with { Word = string.Empty }, "ClusterRoleBindings", (api, _, call) => api.ListNamesAsync(CommonResources.ClusterRoleBindings, null, null, call))
        : CompletionCache.Get(request, "RoleBindings", (api, ns, call) => api.ListNamesAsync(CommonResources.RoleBindings, ns, null, call));
}

/// <summary>Completes the names of pods of the namespace.</summary>
public sealed class PodCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) =>
        CompletionCache.Get(request, "pods", (api, ns, call) => api.ListNamesAsync(CommonResources.Pods, ns, null, call));
}

/// <summary>Completes the names of nodes.</summary>
public sealed class NodeCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) =>
        CompletionCache.Get(request, "nodes", (api, _, call) => api.ListNamesAsync(CommonResources.Nodes, null, null, call));
}

/// <summary>Completes the names of workloads of the kind that is given, else of Deployments.</summary>
public sealed class WorkloadCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request)
    {
        var kind = Enum.TryParse<WorkloadKind>($"{request.Bound["Kind"]}", ignoreCase: true, out var given) ? given : WorkloadKind.Deployment;
        return CompletionCache.Get(request, $"{kind}s", (api, ns, call) => CompletionCache.NamesAsync(api.ListTemplateUsesAsync(kind, ns ?? string.Empty, call), workload => workload.Name));
    }
}

/// <summary>Completes the names of the objects of the resource that is given before.</summary>
public sealed class ObjectNameCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) => request.Text("Resource") is not { } resource
        ? []
        : CompletionCache.Get(
            request,
            $"{resource} objects",
            async (api, ns, call) => (await api.FindResourceAsync(ResourceArgument.Parse(resource) with { Rest = null }, call).ConfigureAwait(false)).Resource is { } found
                ? await api.ListNamesAsync(found, ns, null, call).ConfigureAwait(false)
                : []);
}

/// <summary>Completes the resources that are asked for most, and those of the server.</summary>
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

    private protected override IEnumerable<string> Names(TabRequest request) => Resources(request);

    internal static IEnumerable<string> Resources(TabRequest request)
    {
        // Subresources are many: they come when the slash is typed.
        var resources = CompletionCache.Get(
            request with { Word = string.Empty },
            "resources",
            async (api, _, call) => (await api.ListResourcesAsync(call).ConfigureAwait(false))
                .SelectMany(resource => resource.Subresources.Select(sub => $"{resource.FullName}/{sub}").Prepend(resource.FullName)).ToList());
        return Common.Union(resources.Where(name => !name.Contains('/', StringComparison.Ordinal) || request.Word.Contains('/', StringComparison.Ordinal)));
    }
}

/// <summary>Completes the resources whose objects can be read: those that are asked for most, and those of the server.</summary>
public sealed class KindCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(TabRequest request) =>
        ResourceCompleter.Resources(request with { Word = string.Empty }).Where(name => !name.Contains('/', StringComparison.Ordinal));
}
