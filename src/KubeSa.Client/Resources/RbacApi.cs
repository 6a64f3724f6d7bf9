using KubeSa.Api;

namespace KubeSa.Client.Resources;

/// <summary>Roles and bindings.</summary>
internal sealed class RbacApi(ApiCaller caller, PagedLists lists) : IRbacApi
{
    private readonly RoleApi _roles = new(caller, lists);
    private readonly RoleBindingApi _bindings = new(caller, lists);

    public Task<RoleDefinition> GetRoleAsync(string? @namespace, string name, CallContext call) => _roles.GetRoleAsync(@namespace, name, call);

    public Task<RoleDefinition> CreateRoleAsync(RoleDefinition role, CallContext call) => _roles.CreateRoleAsync(role, call);

    public IAsyncEnumerable<Page<RoleDefinition>> ListRolesAsync(ListQuery query, CallContext call) => _roles.ListRolesAsync(query, call);

    public IAsyncEnumerable<Page<RoleDefinition>> ListClusterRolesAsync(CallContext call) => _roles.ListClusterRolesAsync(call);

    public IAsyncEnumerable<Page<RoleBinding>> ListRoleBindingsAsync(ListQuery query, CallContext call) => _bindings.ListRoleBindingsAsync(query, call);

    public IAsyncEnumerable<Page<RoleBinding>> ListClusterRoleBindingsAsync(CallContext call) => _bindings.ListClusterRoleBindingsAsync(call);

    public Task<RoleBinding> CreateRoleBindingAsync(RoleBinding binding, CallContext call) => _bindings.CreateRoleBindingAsync(binding, call);

    public Task<RoleBinding> SetSubjectsAsync(RoleBinding binding, IReadOnlyList<RoleSubject> subjects, CallContext call) =>
        _bindings.SetSubjectsAsync(binding, subjects, call);

    public Task<bool> DeleteRoleBindingAsync(RoleBinding binding, CallContext call) => _bindings.DeleteRoleBindingAsync(binding, call);
}
