using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that does the same for each of the service accounts that are named or piped.</summary>
public abstract class AccountTargetCmdlet : NamespaceCmdlet
{
    private protected AccountTargetCmdlet()
    {
    }

    /// <summary>The accounts, by whichever name the parameter has.</summary>
    private protected abstract IEnumerable<ServiceAccountReference> Accounts { get; }

    private protected sealed override void Process()
    {
        foreach (var account in Accounts)
        {
            Guard(() =>
            {
                var cluster = ClusterOf(account);
                var ns = NamespaceOf(account) ?? cluster.Namespace;
                KubeName.RequireNamespace(ns);
                KubeName.RequireName("service account", account.Name, ns);
                Process(cluster, ns, account);
            });
        }
    }

    /// <summary>The namespace of the account; null for the connection's own.</summary>
    private protected virtual string? NamespaceOf(ServiceAccountReference account) => account.NamespaceOr(Namespace);

    /// <summary>What is done for one account; its name and its namespace are well formed.</summary>
    private protected abstract void Process(Connection cluster, string @namespace, ServiceAccountReference account);
}
