using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that gives a role to service accounts, or takes it from them.</summary>
public abstract class ServiceAccountRoleCmdlet : ForAccountCmdlet
{
    private protected const string RoleSet = "Role";
    private protected const string ClusterRoleSet = "ClusterRole";
    private protected const string HeldSet = "Held";

    private protected ServiceAccountRoleCmdlet()
    {
    }

    /// <summary>
    /// The name of a Role of the namespace. NotFound where there is none. A rule or a grant from the pipeline brings the role that it
    /// comes from.
    /// </summary>
    [Parameter(ParameterSetName = RoleSet, Mandatory = true)]
    [Parameter(ParameterSetName = HeldSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [WithoutKind("role")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string? Role { get; set; }

    /// <summary>
    /// The name of a ClusterRole, such as view, edit or admin, which every cluster has. It counts in one namespace
    /// unless -ClusterWide is given.
    /// </summary>
    [Parameter(ParameterSetName = ClusterRoleSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [WithoutKind("clusterrole")]
    [ArgumentCompleter(typeof(ClusterRoleCompleter))]
    public string? ClusterRole { get; set; }

    /// <summary>Let the ClusterRole count in all namespaces, and for objects that are in none, such as nodes.</summary>
    [Parameter(ParameterSetName = ClusterRoleSet)]
    public virtual SwitchParameter ClusterWide { get; set; }

    /// <summary>Role or ClusterRole, as a rule or a grant from the pipeline, or a row of a file of such, brings it.</summary>
    [Parameter(ParameterSetName = HeldSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateSet("Role", "ClusterRole")]
    public string? RoleKind { get; set; }

    /// <summary>RoleBinding or ClusterRoleBinding, from the pipeline, too.</summary>
    [Parameter(ParameterSetName = HeldSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateSet("RoleBinding", "ClusterRoleBinding")]
    public string? BindingKind { get; set; }

    /// <summary>The namespace in which the role counts, from the pipeline, too; nothing for the whole cluster.</summary>
    [Parameter(ParameterSetName = HeldSet, ValueFromPipelineByPropertyName = true)]
    [WithoutKind("namespace")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Scope { get; set; }

    // -Namespace says where the role is to count, which need not be where the account is.
    private protected sealed override string? NamespaceOf(ServiceAccountReference account) => account.Namespace ?? Namespace;

    private protected sealed override void Process(Connection cluster, string @namespace, ServiceAccountReference account)
    {
        var scope = ScopeFor(@namespace);
        if (scope is not null)
        {
            KubeName.RequireNamespace(scope);
        }

        var (kind, role) = RoleFor(cluster, scope);
        KubeName.RequirePathSegment("role", role);
        Process(new RoleGrant(cluster, @namespace, account.Name, kind, role, scope) { AccountUid = UidAt(cluster, account) });
    }

    /// <summary>The kind and the name of the role that is to count in a namespace, or (null) in the whole cluster.</summary>
    private protected virtual (string Kind, string Name) RoleFor(Connection cluster, string? scope) =>
        ParameterSetName == HeldSet ? (RoleKind!, Role!) : Role is null ? ("ClusterRole", ClusterRole!) : ("Role", Role);

    /// <summary>What is done for one account; all names are well formed.</summary>
    private protected abstract void Process(RoleGrant grant);

    /// <summary>
    /// Looks at the account, which must be the one that was read: bindings go by its name, and the server cannot be told
    /// its uid. Whether there is one; null where one may not look.
    /// </summary>
    private protected bool? AccountExists(RoleGrant grant)
    {
        var lookup = new AccountLookup(
            (cluster, ns, name) => Await(call => cluster.Api.GetServiceAccountAsync(ns, name, call)), WriteWarning, WriteVerbose);
        var account = lookup.Find(grant.Cluster, grant.AccountNamespace, grant.Account, grant.AccountUid, out var isMissing);
        return isMissing ? false : account is null ? null : true;
    }

    /// <summary>The bindings of the role where it is to count.</summary>
    private protected List<RoleBinding> Bindings(RoleGrant grant) =>
    [
        .. AwaitEach(call => grant.Namespace is { } ns
                ? grant.Cluster.Api.ListRoleBindingsAsync(new ListQuery(ns), call)
                : grant.Cluster.Api.ListClusterRoleBindingsAsync(call)),
    ];

    /// <summary>The role; null with a failure where there is none, and without where we may not know.</summary>
    private protected RoleDefinition? FindRole(RoleGrant grant, out KubeApiException? missing)
    {
        missing = null;
        try
        {
            return Await(call => grant.Cluster.Api.GetRoleAsync(grant.RoleKind == "Role" ? grant.Namespace : null, grant.Role, call));
        }
        catch (KubeApiException failure) when (failure.Kind is FailureKind.NotFound)
        {
            missing = failure;
            return null;
        }
        catch (KubeApiException failure) when (failure.Kind is FailureKind.Forbidden)
        {
            WriteVerbose($"May not look whether {grant.RoleKind} '{grant.Role}' exists.");
            return null;
        }
    }

    /// <summary>The namespace in which the role is to count; null for the whole cluster.</summary>
    private string? ScopeFor(string home) => ParameterSetName == HeldSet
        ? BindingKind == "ClusterRoleBinding" ? null : Scope is { Length: > 0 } held ? held : home
        : ClusterWide ? null : Namespace ?? home;
}
