using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that tells of accounts: those that are named or piped, those that match, or all of the namespaces.</summary>
public abstract class AccountQueryCmdlet : NamespaceQueryCmdlet
{
    private protected AccountQueryCmdlet()
    {
    }

    /// <summary>
    /// The accounts: names, with wildcards, <c>NAMESPACE/NAME</c>, or accounts from the pipeline; all where this is left out. A name
    /// without wildcards that is not there is the error ServiceAccountNotFound.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public virtual ServiceAccountReference[]? ServiceAccount { get; set; }

    private protected sealed override void Process()
    {
        foreach (var account in ServiceAccount ?? [new ServiceAccountReference("*")])
        {
            Guard(() =>
            {
                var cluster = ClusterOf(account);
                foreach (var scope in Scopes(cluster, account))
                {
                    Guard(() => Process(cluster, scope, account));
                }
            });
        }
    }

    /// <summary>
    /// The accounts that match, of which one without wildcards must be among them; NamespaceNotFound where there are none because the
    /// namespace does not exist.
    /// </summary>
    private protected List<ServiceAccount> AccountsOf(Connection cluster, NamePattern scope, NamePattern name)
    {
        if (!name.IsWildcard)
        {
            KubeName.RequireName("service account", name.Text, scope.Text);
        }

        var found = AwaitEach(call => cluster.Api.ListServiceAccountsAsync(new ListQuery(scope.IsWildcard ? null : scope.Text), call))
            .Where(item => name.Matches(item.Name) && scope.Matches(item.Namespace)).ToList();
        if (found.Count == 0)
        {
            RequireNamespaceExists(cluster, scope);
            if (!name.IsWildcard)
            {
                throw new KubeApiException(FailureKind.ServiceAccountNotFound, $"No service account '{name.Text}' was found in the namespaces '{scope.Text}'.", $"{scope.Text}/{name.Text}");
            }
        }

        return found;
    }

    /// <summary>What is told of the accounts of a name in a namespace; a namespace without wildcards is well formed.</summary>
    private protected abstract void Process(Connection cluster, NamePattern scope, ServiceAccountReference account);
}
