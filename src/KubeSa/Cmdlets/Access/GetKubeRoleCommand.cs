using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Rbac;

namespace KubeSa.Cmdlets;

/// <summary>Gets the Roles of a namespace or of all, or the ClusterRoles, with their rules.</summary>
[Cmdlet(VerbsCommon.Get, "KubeRole", HelpUri = HelpPages.Folder + "Get-KubeRole.md", DefaultParameterSetName = NamespaceSet)]
[OutputType(typeof(Role))]
public sealed class GetKubeRoleCommand : RbacListCmdlet
{
    /// <summary>The names of roles, with wildcards; all where this is left out. A literal name that is missing is the error NotFound.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [WithoutKind("role", "clusterrole")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string[]? Name { get; set; }

    private protected override void Process() => Write(
        Name,
        "Role",
        (cluster, scope) => AwaitEach(call => scope is null
            ? cluster.Api.ListClusterRolesAsync(call)
            : cluster.Api.ListRolesAsync(new ListQuery(scope.IsWildcard ? null : scope.Text), call)).Select(RoleRules.ToModel),
        role => (role.Namespace, role.Name));
}
