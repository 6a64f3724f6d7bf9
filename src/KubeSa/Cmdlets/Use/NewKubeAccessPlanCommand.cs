using System.Management.Automation;
using KubeSa.Analysis.Use;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Makes the smallest roles that an account needs by the audit log, and proves by replay that nothing of the log would be refused.</summary>
[Cmdlet(VerbsCommon.New, "KubeAccessPlan", DefaultParameterSetName = NamespaceSet, HelpUri = HelpPages.Folder + "New-KubeAccessPlan.md")]
[OutputType(typeof(AccessPlan))]
public sealed class NewKubeAccessPlanCommand : AuditLogCmdlet
{
    private readonly List<ServiceAccountReference> _accounts = [];
    private UserFilter? _filter;

    /// <summary>The accounts: <c>NAMESPACE/NAME</c>, names, with wildcards, or accounts from the pipeline; all of the log where this is left out.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public ServiceAccountReference[] ServiceAccount { get; set; } = [];

    /// <summary>Exact for the rights that were used alone; Reader adds the third of get, list and watch where two were used.</summary>
    [Parameter]
    public AccessPlanProfile Profile { get; set; }

    private protected override bool IsWanted(string user) => _filter!.IsWanted(user);

    private protected override bool TakesAggregates => true;

    private protected override void Process() => _accounts.AddRange(ServiceAccount);

    private protected override void End()
    {
        if (AuditLog.Length + LiteralPath.Length == 0)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, "There is no log to read. Give its files, or saved aggregates of it, to -AuditLog.");
        }

        _filter = new UserFilter(_accounts, Namespace, takesUsers: false);
        ReadFiles();
        if (Aggregate.Coverage.Events == 0)
        {
            return;
        }

        TellCoverage();
        var (snapshot, cluster) = TakeSnapshot(_accounts.Count == 1 ? _accounts[0] : null);
        var planner = new UsePlanner(Aggregate, snapshot);
        var accounts = snapshot.Accounts.Select(account => (account.Namespace, account.Name)).Where(account => _filter.IsWanted(ServiceAccountNames.UserName(account.Namespace, account.Name)))
            .Where(account => _accounts.Count > 0 || Aggregate.Uses.Keys.Any(use => use.User == ServiceAccountNames.UserName(account.Namespace, account.Name)));
        var made = 0;
        foreach (var (ns, name) in accounts)
        {
            made++;
            Guard(() =>
            {
                var plan = Await(_ => Task.FromResult(planner.For(ns, name, Profile)));
                plan.CameFrom(cluster, snapshot.Cluster.Name, snapshot.Cluster.Server);
                WriteObject(plan);
            });
        }

        if (made == 0 && _accounts.Find(account => !WildcardPattern.ContainsWildcardCharacters(account.ToString())) is { } missing)
        {
            throw new KubeApiException(FailureKind.ServiceAccountNotFound, $"There is no service account {missing} in the cluster {snapshot.Cluster.Name}.", missing.ToString());
        }
    }
}
