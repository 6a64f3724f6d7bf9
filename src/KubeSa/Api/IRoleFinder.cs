namespace KubeSa.Api;

/// <summary>Looks for a role to give to somebody who lacks a right.</summary>
public interface IRoleFinder
{
    /// <summary>The ClusterRoles and, where the request is about a namespace, its Roles that allow the request for all objects.</summary>
    Task<IReadOnlyList<RoleEvidence>> FindRolesAsync(AccessRequest request, CallContext call);
}
