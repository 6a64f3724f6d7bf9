using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Rbac;

namespace KubeSa.Cmdlets;

/// <summary>Shows every rule that service accounts hold by RBAC, and the binding and the role each comes from.</summary>
[Cmdlet(VerbsCommon.Get, "KubeAccessRule", DefaultParameterSetName = NamespaceSet, HelpUri = HelpPages.Folder + "Get-KubeAccessRule.md")]
[OutputType(typeof(AccessRule))]
public sealed class GetKubeAccessRuleCommand : KubeApiCmdlet
{
    private const string NamespaceSet = "Namespace";
    private const string AllNamespacesSet = "AllNamespaces";

    private readonly Dictionary<Connection, RbacPolicy> _policies = [];
    private KnownAccounts? _accounts;

    /// <summary>
    /// The accounts: names, with wildcards, <c>NAMESPACE/NAME</c>, or accounts from the pipeline. A name without wildcards that is
    /// not there and that no binding names is the error ServiceAccountNotFound.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public ServiceAccountReference[] ServiceAccount { get; set; } = [];

    /// <summary>The namespaces of the accounts, with wildcards; the connection's own where this is left out. Their rules are shown wherever they count.</summary>
    [Parameter(ParameterSetName = NamespaceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ns", "n")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[]? Namespace { get; set; }

    /// <summary>Accounts of all namespaces.</summary>
    [Parameter(ParameterSetName = AllNamespacesSet, Mandatory = true)]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    private protected override void Process()
    {
        foreach (var account in ServiceAccount)
        {
            var cluster = ClusterOf(account);
            foreach (var scope in AllNamespaces ? ["*"] : Namespace ?? [account.Namespace ?? cluster.Namespace])
            {
                Guard(() => WriteMatching(cluster, account, AllNamespaces ? scope : account.NamespaceOr(scope) ?? scope));
            }
        }
    }

    private void WriteMatching(Connection cluster, ServiceAccountReference account, string scope)
    {
        var (name, ns) = (new NamePattern(account.Name), new NamePattern(scope));
        if (!ns.IsWildcard)
        {
            KubeName.RequireNamespace(scope);
        }

        if (!name.IsWildcard)
        {
            KubeName.RequireName("service account", account.Name, scope);
        }

        if (!name.IsWildcard && !ns.IsWildcard)
        {
            var policy = Policy(cluster);
            WriteRules(cluster, policy, scope, account.Name, Exists(cluster, account, scope, policy));
            return;
        }

        var found = AwaitEach(call => cluster.Api.ListServiceAccountsAsync(new ListQuery(ns.IsWildcard ? null : scope), call))
            .Where(item => name.Matches(item.Name) && ns.Matches(item.Namespace)).ToList();
        found.ForEach(item => WriteRules(cluster, Policy(cluster), item.Namespace, item.Name, true));
        if (found.Count == 0 && !name.IsWildcard)
        {
            throw new KubeApiException(FailureKind.ServiceAccountNotFound, $"No service account '{name.Text}' was found in the namespaces '{scope}'.", $"{scope}/{name.Text}");
        }

        if (found.Count == 0 && !ns.IsWildcard && Await(call => cluster.Api.NamespaceExistsAsync(scope, call)) == false)
        {
            throw new KubeApiException(FailureKind.NamespaceNotFound, $"There is no namespace '{scope}' at {cluster.Server}.", scope);
        }
    }

    private void WriteRules(Connection cluster, RbacPolicy policy, string ns, string name, bool? exists)
    {
        foreach (var binding in policy.DanglingFor(ns, name))
        {
            WriteWarning($"{binding.Kind} '{binding}' gives nothing to {ns}/{name}: there is no {binding.RoleKind} '{binding.Role}'.");
        }

        foreach (var rule in policy.HeldBy(ns, name, exists))
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
