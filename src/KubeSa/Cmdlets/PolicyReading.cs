using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Cmdlets;

/// <summary>Reads all roles and bindings of a cluster.</summary>
internal static class PolicyReading
{
    internal static async Task<RbacPolicy> ReadAsync(IRbacApi api, CallContext call)
    {
        var everywhere = new ListQuery(null);
        return new RbacPolicy(
            [.. await AllAsync(api.ListClusterRolesAsync(call)).ConfigureAwait(false), .. await AllAsync(api.ListRolesAsync(everywhere, call)).ConfigureAwait(false)],
            [.. await AllAsync(api.ListClusterRoleBindingsAsync(call)).ConfigureAwait(false), .. await AllAsync(api.ListRoleBindingsAsync(everywhere, call)).ConfigureAwait(false)]);
    }

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<Page<T>> pages)
    {
        var all = new List<T>();
        await foreach (var page in pages.ConfigureAwait(false))
        {
            all.AddRange(page.Items);
        }

        return all;
    }
}
