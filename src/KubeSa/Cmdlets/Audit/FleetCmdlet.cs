using System.Management.Automation;
using KubeSa.Analysis.Snapshot;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that looks at whole clusters, one or many at a time.</summary>
public abstract class FleetCmdlet : ConnectedCmdlet
{
    // Each of them asks eight things at a time.
    private const int ClustersAtATime = 4;

    private protected FleetCmdlet()
    {
    }

    /// <summary>The contexts of the kubeconfig to use instead of the current connection, one for each cluster.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string[] Context { get; set; } = [];

    private protected sealed override IReadOnlyList<string> Contexts => Context;

    /// <summary>The clusters that the command line or the input at hand means. One whose files cannot be read is an error record, and the others go on.</summary>
    private protected IReadOnlyList<Connection> Clusters()
    {
        if (Context.Length == 0)
        {
            return [Cluster];
        }

        var clusters = new List<Connection>();
        foreach (var context in Context.Distinct())
        {
            Guard(() => clusters.Add(Of(context)));
        }

        return clusters;
    }

    /// <summary>Gathers snapshots of clusters side by side. One that fails is an error record, and the others go on.</summary>
    private protected IEnumerable<SnapshotSource> Gather(IReadOnlyList<Connection> clusters)
    {
        var gathered = Await(async call =>
        {
            using var turns = new SemaphoreSlim(ClustersAtATime);
            return await Task.WhenAll(clusters.Select(cluster => TakeAsync(cluster, turns, call))).ConfigureAwait(false);
        });
        foreach (var (cluster, snapshot, failure) in gathered)
        {
            if (snapshot is not null)
            {
                yield return new SnapshotSource(snapshot, cluster);
                continue;
            }

            WriteFailure(clusters.Count == 1 ? failure! : failure!.With($"The cluster {cluster.Title} was not looked at."));
            Missed.Add((cluster.Context ?? cluster.Server, failure!));
        }
    }

    /// <summary>The clusters and files that were not looked at, and why.</summary>
    private protected List<(string Cluster, KubeApiException Failure)> Missed { get; } = [];

    private static async Task<(Connection Cluster, AccessSnapshot? Snapshot, KubeApiException? Failure)> TakeAsync(Connection cluster, SemaphoreSlim turns, CallContext call)
    {
        await turns.WaitAsync(call.Stop).ConfigureAwait(false);
        try
        {
            return (cluster, await ((ISnapshotApi)cluster.Api).TakeSnapshotAsync(call).ConfigureAwait(false), null);
        }
        catch (KubeApiException failure)
        {
            return (cluster, null, failure);
        }
        finally
        {
            turns.Release();
        }
    }
}

/// <summary>A snapshot, and the connection that it was gathered by; null for one from a file.</summary>
internal sealed record SnapshotSource(AccessSnapshot Snapshot, Connection? Cluster);
