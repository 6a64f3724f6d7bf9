using k8s;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client.Resources;

/// <summary>Roles and ClusterRoles.</summary>
internal sealed class RoleApi(ApiCaller caller, PagedLists lists)
{
    public Task<RoleDefinition> GetRoleAsync(string? @namespace, string name, CallContext call)
    {
        RbacNames.Require(@namespace, "role", name);
        var operation = @namespace is null
            ? new ApiOperation("get", $"clusterroles.{RbacNames.Group}", "ClusterRole", null, name)
            : new ApiOperation("get", $"roles.{RbacNames.Group}", "Role", @namespace, name);
        return caller.SendAsync(operation, call, async (client, stop) => @namespace is null
            ? Roles.ToModel(await client.RbacAuthorizationV1.ReadClusterRoleAsync(name: name, cancellationToken: stop).ConfigureAwait(false))
            : Roles.ToModel(await client.RbacAuthorizationV1.ReadNamespacedRoleAsync(
                name: name, namespaceParameter: @namespace, cancellationToken: stop).ConfigureAwait(false)));
    }

    public Task<RoleDefinition> CreateRoleAsync(RoleDefinition role, CallContext call)
    {
        var kind = role.Namespace is null ? "ClusterRole" : "Role";
        RbacNames.Require(role.Namespace, kind, role.Name);
        var operation = new ApiOperation("create", $"{kind.ToLowerInvariant()}s.{RbacNames.Group}", kind, role.Namespace, role.Name);
        return caller.SendAsync(operation, call, async (client, stop) => role.Namespace is { } ns
            ? Roles.ToModel(await client.RbacAuthorizationV1.CreateNamespacedRoleAsync(
                body: Roles.InNamespace(role), namespaceParameter: ns, cancellationToken: stop).ConfigureAwait(false))
            : Roles.ToModel(await client.RbacAuthorizationV1.CreateClusterRoleAsync(
                body: Roles.InCluster(role), cancellationToken: stop).ConfigureAwait(false)));
    }

    public IAsyncEnumerable<Page<RoleDefinition>> ListRolesAsync(ListQuery query, CallContext call)
    {
        if (query.Namespace is not null)
        {
            KubeName.RequireNamespace(query.Namespace);
        }

        return lists.ListAsync<V1Role, V1RoleList, RoleDefinition>(
            new ApiOperation("list", $"roles.{RbacNames.Group}", "Role", query.Namespace),
            call,
            (client, from, stop) => query.Namespace is { } ns
                ? client.RbacAuthorizationV1.ListNamespacedRoleAsync(
                    namespaceParameter: ns, limit: PagedLists.PageSize, continueParameter: from, cancellationToken: stop)
                : client.RbacAuthorizationV1.ListRoleForAllNamespacesAsync(
                    limit: PagedLists.PageSize, continueParameter: from, cancellationToken: stop),
            Roles.ToModel);
    }

    public IAsyncEnumerable<Page<RoleDefinition>> ListClusterRolesAsync(CallContext call) =>
        lists.ListAsync<V1ClusterRole, V1ClusterRoleList, RoleDefinition>(
            new ApiOperation("list", $"clusterroles.{RbacNames.Group}", "ClusterRole"),
            call,
            (client, from, stop) => client.RbacAuthorizationV1.ListClusterRoleAsync(
                limit: PagedLists.PageSize, continueParameter: from, cancellationToken: stop),
            Roles.ToModel);
}
