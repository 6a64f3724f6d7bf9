using k8s;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client.Resources;

/// <summary>RoleBindings and ClusterRoleBindings.</summary>
internal sealed class RoleBindingApi(ApiCaller caller, PagedLists lists)
{
    public IAsyncEnumerable<Page<RoleBinding>> ListRoleBindingsAsync(ListQuery query, CallContext call)
    {
        if (query.Namespace is not null)
        {
            KubeName.RequireNamespace(query.Namespace);
        }

        return lists.ListAsync<V1RoleBinding, V1RoleBindingList, RoleBinding>(
            new ApiOperation("list", $"rolebindings.{RbacNames.Group}", "RoleBinding", query.Namespace),
            call,
            (client, from, stop) => query.Namespace is { } ns
                ? client.RbacAuthorizationV1.ListNamespacedRoleBindingAsync(
                    namespaceParameter: ns,
                    labelSelector: query.LabelSelector,
                    fieldSelector: query.FieldSelector,
                    limit: PagedLists.PageSize,
                    continueParameter: from,
                    cancellationToken: stop)
                : client.RbacAuthorizationV1.ListRoleBindingForAllNamespacesAsync(
                    labelSelector: query.LabelSelector,
                    fieldSelector: query.FieldSelector,
                    limit: PagedLists.PageSize,
                    continueParameter: from,
                    cancellationToken: stop),
            RoleBindings.ToModel);
    }

    public IAsyncEnumerable<Page<RoleBinding>> ListClusterRoleBindingsAsync(CallContext call) =>
        lists.ListAsync<V1ClusterRoleBinding, V1ClusterRoleBindingList, RoleBinding>(
            new ApiOperation("list", $"clusterrolebindings.{RbacNames.Group}", "ClusterRoleBinding"),
            call,
            (client, from, stop) => client.RbacAuthorizationV1.ListClusterRoleBindingAsync(
                limit: PagedLists.PageSize, continueParameter: from, cancellationToken: stop),
            RoleBindings.ToModel);

    public Task<RoleBinding> CreateRoleBindingAsync(RoleBinding binding, CallContext call)
    {
        RbacNames.Require(binding.Namespace, binding.Kind, binding.Name);
        return caller.SendAsync(Asking("create", binding), call, async (client, stop) => binding.Namespace is { } ns
            ? RoleBindings.ToModel(await client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
                body: RoleBindings.InNamespace(binding), namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false))
            : RoleBindings.ToModel(await client.RbacAuthorizationV1.CreateClusterRoleBindingAsync(
                body: RoleBindings.InCluster(binding), cancellationToken: stop).ConfigureAwait(false)));
    }

    public Task<RoleBinding> SetSubjectsAsync(RoleBinding binding, IReadOnlyList<RoleSubject> subjects, CallContext call)
    {
        RbacNames.Require(binding.Namespace, binding.Kind, binding.Name);
        var patch = RoleBindings.ToPatch(binding, subjects);
        return caller.SendAsync(Asking("patch", binding), call, async (client, stop) => binding.Namespace is { } ns
            ? RoleBindings.ToModel(await client.RbacAuthorizationV1.PatchNamespacedRoleBindingAsync(
                body: patch, name: binding.Name, namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false))
            : RoleBindings.ToModel(await client.RbacAuthorizationV1.PatchClusterRoleBindingAsync(
                body: patch, name: binding.Name, cancellationToken: stop).ConfigureAwait(false)));
    }

    public Task<bool> DeleteRoleBindingAsync(RoleBinding binding, CallContext call)
    {
        RbacNames.Require(binding.Namespace, binding.Kind, binding.Name);
        var options = Preconditions.Only(binding.Uid, binding.ResourceVersion);
        return caller.SendAsync(Asking("delete", binding), call, async (client, stop) =>
        {
            if (binding.Namespace is { } ns)
            {
                await client.RbacAuthorizationV1.DeleteNamespacedRoleBindingAsync(
                    name: binding.Name, namespaceParameter: ns, body: options, cancellationToken: stop).ConfigureAwait(false);
            }
            else
            {
                await client.RbacAuthorizationV1.DeleteClusterRoleBindingAsync(
                    name: binding.Name, body: options, cancellationToken: stop).ConfigureAwait(false);
            }

            return true;
        });
    }

    private static ApiOperation Asking(string verb, RoleBinding binding) =>
        new(verb, $"{binding.Kind.ToLowerInvariant()}s.{RbacNames.Group}", binding.Kind, binding.Namespace, binding.Name);
}
