using System.Management.Automation;
using KubeSa.Analysis.Snapshot;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that judges accounts of snapshots: those that are named or piped, or all.</summary>
public abstract class AccountSnapshotCmdlet : SnapshotCmdlet
{
    private readonly List<(ServiceAccountReference Account, string? Namespace)> _wanted = [];
    private readonly HashSet<ServiceAccountReference> _found = [];
    private AccountSelection? _selection;

    private protected AccountSnapshotCmdlet()
    {
    }

    /// <summary>
    /// The accounts: names, with wildcards, <c>NAMESPACE/NAME</c>, or accounts from the pipeline. All accounts where this is left out.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public ServiceAccountReference[] ServiceAccount { get; set; } = [];

    private protected override void Process()
    {
        foreach (var account in ServiceAccount)
        {
            Guard(() =>
            {
                KubeName.RefuseOption(account.Name);
                Collect(account);
                _wanted.Add((account, account.Namespace ?? HomeOf(account)));
            });
        }

        if (ServiceAccount.Length == 0)
        {
            Collect();
        }
    }

    /// <summary>Whether an account of a snapshot is one of those that are meant.</summary>
    private protected bool IsWanted(SnapshotAccount account)
    {
        _selection ??= new AccountSelection(_wanted);
        return _wanted.Count == 0 || _selection.Matches(account, _found);
    }

    /// <summary>An error for each account that was named and that no snapshot has; to be called when all were looked at.</summary>
    private protected void TellMissing()
    {
        foreach (var (account, ns) in _wanted.Where(wanted => !_found.Contains(wanted.Account) && !IsPattern(wanted.Account.Name) && !(wanted.Namespace is { } home && IsPattern(home))))
        {
            var name = ns is null ? account.Name : $"{ns}/{account.Name}";
            WriteFailure(new KubeApiException(FailureKind.ServiceAccountNotFound, $"No service account '{name}' is in what was looked at.", name));
        }
    }

    private static bool IsPattern(string text) => new NamePattern(text).IsWildcard;

    // Files may be of any cluster, and a pattern may be meant for all namespaces.
    private string? HomeOf(ServiceAccountReference account) => IsPattern(account.Name) || Snapshot.Length > 0 ? null : ClusterOf(account).Namespace;
}
