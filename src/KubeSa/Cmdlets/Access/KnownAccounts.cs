using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Lists what the function lists, on the pipeline's thread.</summary>
internal delegate IEnumerable<ServiceAccount> AccountList(Func<CallContext, IAsyncEnumerable<Page<ServiceAccount>>> list);

/// <summary>Which service accounts there are, so that what is given to others can be told; each cluster is asked once.</summary>
internal sealed class KnownAccounts(AccountList list, Action<string> tell)
{
    private readonly Dictionary<Connection, HashSet<(string Namespace, string Name)>?> _known = [];

    /// <summary>Whether the account exists; null where the accounts may not be listed.</summary>
    internal bool? Exists(Connection cluster, string ns, string name)
    {
        if (!_known.TryGetValue(cluster, out var known))
        {
            known = Read(cluster);
            _known.Add(cluster, known);
        }

        return known?.Contains((ns, name));
    }

    private HashSet<(string Namespace, string Name)>? Read(Connection cluster)
    {
        try
        {
            return list(call => cluster.Api.ListServiceAccountsAsync(new ListQuery(null), call)).Select(account => (account.Namespace, account.Name)).ToHashSet();
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.Forbidden)
        {
            tell($"Which service accounts exist is not known: {failure.Message}");
            return null;
        }
    }
}
