using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Rbac;

namespace KubeSa.Cmdlets;

/// <summary>Shows every rule that service accounts hold by RBAC, and the binding and the role each comes from.</summary>
[Cmdlet(VerbsCommon.Get, "KubeAccessRule", HelpUri = HelpPages.Folder + "Get-KubeAccessRule.md")]
[OutputType(typeof(AccessRule))]
public sealed class GetKubeAccessRuleCommand : KubeApiCmdlet
{
    private readonly Dictionary<Connection, RbacPolicy> _policies = [];
    private KnownAccounts? _accounts;

    /// <summary>
    /// The accounts: <c>NAME</c>, <c>NAMESPACE/NAME</c>, or accounts from the pipeline. One that is not there and that
    /// no binding names is the error ServiceAccountNotFound.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public ServiceAccountReference[] ServiceAccount { get; set; } = [];

    /// <summary>The namespace of the accounts; the connection's own where this is left out. Their rules are shown wherever they count.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ns")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    private protected override void Process()
    {
        foreach (var account in ServiceAccount)
        {
            Guard(() => WriteRules(ClusterOf(account), account));
        }
    }

    private void WriteRules(Connection cluster, ServiceAccountReference account)
    {
        var ns = account.NamespaceOr(Namespace) ?? cluster.Namespace;
        KubeName.RequireNamespace(ns);
        KubeName.RequireName("service account", account.Name, ns);
        var policy = Policy(cluster);
        var exists = Exists(cluster, account, ns, policy);
        foreach (var binding in policy.DanglingFor(ns, account.Name))
        {
            WriteWarning($"{binding.Kind} '{binding}' gives nothing to {ns}/{account.Name}: there is no {binding.RoleKind} '{binding.Role}'.");
        }

        foreach (var rule in policy.HeldBy(ns, account.Name, exists))
        {
            WriteObject(From(cluster, rule));
        }
    }

    /// <summary>
    /// Whether the account exists; null where one may not look. One that does not is an error, unless bindings name it: what they
    /// give waits for whoever creates an account of that name, so it is shown.
    /// </summary>
    private bool? Exists(Connection cluster, ServiceAccountReference account, string ns, RbacPolicy policy)
    {
        if (WasReadFrom(cluster, account))
        {
            _accounts ??= new KnownAccounts(AwaitEach, WriteVerbose);
            return _accounts.Exists(cluster, ns, account.Name);
        }

        try
        {
            Await(call => cluster.Api.GetServiceAccountAsync(ns, account.Name, call));
            return true;
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.ServiceAccountNotFound && policy.Names(ns, account.Name))
        {
            WriteWarning($"There is no service account {ns}/{account.Name}: what bindings give to it, whoever creates an account of that name will hold.");
            return false;
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.Forbidden)
        {
            WriteVerbose($"May not look whether service account {ns}/{account.Name} exists.");
            return null;
        }
    }

    /// <summary>All roles and bindings, which serve every account that is piped.</summary>
    private RbacPolicy Policy(Connection cluster)
    {
        if (!_policies.TryGetValue(cluster, out var policy))
        {
            var everywhere = new ListQuery(null);
            policy = new RbacPolicy(
                [.. AwaitEach(cluster.Api.ListClusterRolesAsync), .. AwaitEach(call => cluster.Api.ListRolesAsync(everywhere, call))],
                [.. AwaitEach(cluster.Api.ListClusterRoleBindingsAsync), .. AwaitEach(call => cluster.Api.ListRoleBindingsAsync(everywhere, call))]);
            _policies.Add(cluster, policy);
        }

        return policy;
    }
}
