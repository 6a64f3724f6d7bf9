using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Cmdlets;

/// <summary>Shows every rule that service accounts hold by RBAC, and the binding and the role each comes from.</summary>
[Cmdlet(VerbsCommon.Get, "KubeAccessRule", DefaultParameterSetName = NamespaceSet, HelpUri = HelpPages.Folder + "Get-KubeAccessRule.md")]
[OutputType(typeof(AccessRule))]
public sealed class GetKubeAccessRuleCommand : AccountQueryCmdlet
{
    private readonly Dictionary<Connection, RbacPolicy> _policies = [];
    private KnownAccounts? _accounts;

    private protected override void Process(Connection cluster, NamePattern scope, ServiceAccountReference account)
    {
        var name = new NamePattern(account.Name);
        if (!name.IsWildcard && !scope.IsWildcard)
        {
            KubeName.RequireName("service account", account.Name, scope.Text);
            var policy = Policy(cluster);
            WriteRules(cluster, policy, scope.Text, account.Name, Exists(cluster, account, scope.Text, policy));
            return;
        }

        foreach (var item in AccountsOf(cluster, scope, name))
        {
            WriteRules(cluster, Policy(cluster), item.Namespace, item.Name, true);
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
