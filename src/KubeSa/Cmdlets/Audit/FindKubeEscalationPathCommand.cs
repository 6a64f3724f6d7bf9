using System.Management.Automation;
using KubeSa.Analysis.Reach;
using KubeSa.Analysis.Snapshot;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>
/// Finds how service accounts could become something stronger, step by step: by which binding, role and rule, under which condition, and how sure it is.
/// </summary>
[Cmdlet(VerbsCommon.Find, "KubeEscalationPath", HelpUri = HelpPages.Folder + "Find-KubeEscalationPath.md")]
[OutputType(typeof(EscalationPath))]
public sealed class FindKubeEscalationPathCommand : AccountSnapshotCmdlet
{
    private ReachTarget _target = ReachTarget.ClusterAdmin;

    /// <summary>
    /// What is to be reached: cluster-admin (all rights in the cluster), system:masters, secrets (all of the cluster), node or node/NAME,
    /// namespace or namespace/NAME (all rights there), or a service account as NAMESPACE/NAME.
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ReachTargetCompleter))]
    public string Target { get; set; } = "cluster-admin";

    /// <summary>How many steps a path may have.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int MaxSteps { get; set; } = 10;

    private protected override void Begin()
    {
        base.Begin();
        try
        {
            _target = ReachTarget.Parse(Target);
        }
        catch (KubeApiException failure)
        {
            // Not after a cluster has been read.
            Refuse(failure);
        }
    }

    private protected override void End()
    {
        var sources = Sources().ToList();
        if (sources.Count == 0)
        {
            return;
        }

        foreach (var source in sources)
        {
            TellNotRead(source.Snapshot);
        }

        var snapshots = sources.ConvertAll(source => source.Snapshot);
        var search = Await(_ => Task.FromResult(new EscalationSearch(snapshots, _target)));
        for (var cluster = 0; cluster < sources.Count; cluster++)
        {
            foreach (var account in snapshots[cluster].Accounts.Where(IsWanted))
            {
                foreach (var path in search.Of(cluster, account.Namespace, account.Name, MaxSteps))
                {
                    WriteObject(From(sources[cluster], path));
                }
            }
        }

        TellMissing();
        if (!search.IsKnown)
        {
            WriteFailure(new KubeApiException(FailureKind.NotFound, $"There is no {Target} in what was looked at, so no path leads there.", Target));
        }
    }

    private void TellNotRead(AccessSnapshot snapshot)
    {
        foreach (var part in snapshot.NotRead)
        {
            WriteWarning($"{snapshot.Cluster.Name}: {part.Resource}{(part.Namespace is null ? string.Empty : $" of the namespace {part.Namespace}")} could not be looked at, so paths may be missing or less sure than they are. {part.Message}");
        }
    }
}
