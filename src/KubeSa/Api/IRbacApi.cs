namespace KubeSa.Api;

/// <summary>Roles and their bindings (https://kubernetes.io/docs/reference/access-authn-authz/rbac/).</summary>
public interface IRbacApi
{
    /// <summary>Reads a Role, or the ClusterRole where the namespace is null; NotFound where there is none.</summary>
    Task<RoleDefinition> GetRoleAsync(string? @namespace, string name, CallContext call);

    /// <summary>Creates a Role, or a ClusterRole where it has no namespace; Conflict where one of that name exists.</summary>
    Task<RoleDefinition> CreateRoleAsync(RoleDefinition role, CallContext call);

    /// <summary>Lists the Roles of a namespace, or of all.</summary>
    IAsyncEnumerable<Page<RoleDefinition>> ListRolesAsync(ListQuery query, CallContext call);

    /// <summary>Lists the ClusterRoles.</summary>
    IAsyncEnumerable<Page<RoleDefinition>> ListClusterRolesAsync(CallContext call);

    /// <summary>Lists the RoleBindings of a namespace, or of all.</summary>
    IAsyncEnumerable<Page<RoleBinding>> ListRoleBindingsAsync(ListQuery query, CallContext call);

    /// <summary>Lists the ClusterRoleBindings.</summary>
    IAsyncEnumerable<Page<RoleBinding>> ListClusterRoleBindingsAsync(CallContext call);

    /// <summary>Makes a binding; Conflict where one of that name exists.</summary>
    Task<RoleBinding> CreateRoleBindingAsync(RoleBinding binding, CallContext call);

    /// <summary>Replaces the subjects of the very binding that was read; Conflict where it was changed meanwhile.</summary>
    Task<RoleBinding> SetSubjectsAsync(RoleBinding binding, IReadOnlyList<RoleSubject> subjects, CallContext call);

    /// <summary>Removes the very binding that was read, as it was read; Conflict where it was changed meanwhile.</summary>
    Task<bool> DeleteRoleBindingAsync(RoleBinding binding, CallContext call);
}
