using k8s;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client;

internal sealed partial class KubeApi
{
    public Task<RoleDefinition> GetRoleAsync(string? @namespace, string name, CallContext call)
    {
        RequireNames(@namespace, "role", name);
        var operation = @namespace is null
            ? new ApiOperation("get", $"clusterroles.{RbacGroup}", "ClusterRole", null, name)
            : new ApiOperation("get", $"roles.{RbacGroup}", "Role", @namespace, name);
        return SendAsync(operation, call, async (client, stop) => @namespace is null
            ? Roles.ToModel(await client.RbacAuthorizationV1.ReadClusterRoleAsync(name: name, cancellationToken: stop).ConfigureAwait(false))
            : Roles.ToModel(await client.RbacAuthorizationV1.ReadNamespacedRoleAsync(
                name: name, namespaceParameter: @namespace, cancellationToken: stop).ConfigureAwait(false)));
    }

    public Task<RoleDefinition> CreateRoleAsync(RoleDefinition role, CallContext call)
    {
        var kind = role.Namespace is null ? "ClusterRole" : "Role";
        RequireNames(role.Namespace, kind, role.Name);
        var operation = new ApiOperation("create", $"{kind.ToLowerInvariant()}s.{RbacGroup}", kind, role.Namespace, role.Name);
        return SendAsync(operation, call, async (client, stop) => role.Namespace is { } ns
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

        return ListAsync<V1Role, V1RoleList, RoleDefinition>(
            new ApiOperation("list", $"roles.{RbacGroup}", "Role", query.Namespace),
            call,
            (client, from, stop) => query.Namespace is { } ns
                ? client.RbacAuthorizationV1.ListNamespacedRoleAsync(
                    namespaceParameter: ns, limit: PageSize, continueParameter: from, cancellationToken: stop)
                : client.RbacAuthorizationV1.ListRoleForAllNamespacesAsync(
                    limit: PageSize, continueParameter: from, cancellationToken: stop),
            Roles.ToModel);
    }

    public IAsyncEnumerable<Page<RoleDefinition>> ListClusterRolesAsync(CallContext call) =>
        ListAsync<V1ClusterRole, V1ClusterRoleList, RoleDefinition>(
            new ApiOperation("list", $"clusterroles.{RbacGroup}", "ClusterRole"),
            call,
            (client, from, stop) => client.RbacAuthorizationV1.ListClusterRoleAsync(
                limit: PageSize, continueParameter: from, cancellationToken: stop),
            Roles.ToModel);

    public async Task<IReadOnlyList<RoleEvidence>> FindRolesAsync(AccessRequest request, CallContext call)
    {
        var found = await AllowingAsync(ListClusterRolesAsync(call), request).ConfigureAwait(false);
        if (request.Namespace is { } ns)
        {
            found.AddRange(await AllowingAsync(ListRolesAsync(new ListQuery(ns), call), request).ConfigureAwait(false));
        }

        return found;
    }

    private static async Task<List<RoleEvidence>> AllowingAsync(IAsyncEnumerable<Page<RoleDefinition>> pages, AccessRequest request)
    {
        var found = new List<RoleEvidence>();
        await foreach (var page in pages.ConfigureAwait(false))
        {
            found.AddRange(page.Items.Where(role => role.Rules.Any(rule => rule.Allows(request))).Select(Roles.ToEvidence));
        }

        return found;
    }
}
