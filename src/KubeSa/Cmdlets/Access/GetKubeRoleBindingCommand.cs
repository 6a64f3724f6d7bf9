using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Gets the RoleBindings of a namespace or of all, or the ClusterRoleBindings: who holds which role, and where.</summary>
[Cmdlet(VerbsCommon.Get, "KubeRoleBinding", HelpUri = HelpPages.Folder + "Get-KubeRoleBinding.md", DefaultParameterSetName = NamespaceSet)]
[OutputType(typeof(RoleBinding))]
public sealed class GetKubeRoleBindingCommand : RbacListCmdlet
{
    private KnownAccounts? _accounts;

    /// <summary>The names of bindings, with wildcards; all where this is left out. A literal name that is missing is the error NotFound.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [WithoutKind("rolebinding", "clusterrolebinding")]
    [ArgumentCompleter(typeof(RoleBindingCompleter))]
    public string[]? Name { get; set; }

    private protected override void Process() => Write(
        Name,
        "RoleBinding",
        (cluster, scope) => AwaitEach(call => scope is null
            ? cluster.Api.ListClusterRoleBindingsAsync(call)
            : cluster.Api.ListRoleBindingsAsync(new ListQuery(scope.IsWildcard ? null : scope.Text), call)),
        binding => (binding.Namespace, binding.Name),
        Mark);

    /// <summary>Tells of each account that the binding names whether it exists.</summary>
    private void Mark(Connection cluster, RoleBinding binding)
    {
        _accounts ??= new KnownAccounts(AwaitEach, WriteVerbose);
        binding.Subjects = [.. binding.Subjects.Select(subject =>
            subject.Existing(subject.AsAccount is var (ns, name) ? _accounts.Exists(cluster, ns, name) : null))];
    }
}
