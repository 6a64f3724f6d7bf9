using System.Management.Automation;
using KubeSa.Analysis.Snapshot;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that judges snapshots of clusters: from files, or gathered for it.</summary>
public abstract class SnapshotCmdlet : FleetCmdlet
{
    private readonly List<string> _files = [];
    private readonly List<Connection> _clusters = [];
    private bool _isTyped;

    private protected SnapshotCmdlet()
    {
    }

    /// <summary>
    /// Files that Export-KubeAccessSnapshot wrote, with wildcards, or from the pipeline. No server is asked then, unless -Context names
    /// some beside them.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Snapshot { get; set; } = [];

    private protected override void Begin() => _isTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Snapshot));

    /// <summary>Takes note of what the input at hand wants looked at; an account from the pipeline wants its own cluster.</summary>
    private protected void Collect(ServiceAccountReference? account = null)
    {
        var files = _isTyped ? Snapshot.SelectMany(ResolveFiles) : Snapshot.Select(ResolvePath);
        AddNew(_files, files);
        if (Context.Length > 0)
        {
            AddNew(_clusters, _clusters.Count > 0 ? [] : Clusters());
        }
        else if (Snapshot.Length == 0)
        {
            AddNew(_clusters, [ClusterOf(account)]);
        }
    }

    /// <summary>All of them, once the last input is there. What cannot be read is an error record, and the others go on.</summary>
    private protected IEnumerable<SnapshotSource> Sources()
    {
        foreach (var file in _files)
        {
            AccessSnapshot? read = null;
            Guard(() => read = Read(file));
            if (read is not null)
            {
                yield return new SnapshotSource(read, null);
            }
        }

        foreach (var source in _clusters.Count == 0 ? [] : Gather(_clusters))
        {
            yield return source;
        }
    }

    private protected AccessSnapshot Read(string file)
    {
        try
        {
            return Await(call => SnapshotFile.ReadAsync(file, call.Stop));
        }
        catch (KubeApiException failure)
        {
            Missed.Add((file, failure));
            throw;
        }
    }

    /// <summary>Lets an output remember the cluster that its snapshot is of.</summary>
    private protected static T From<T>(SnapshotSource source, T instance)
        where T : KubeObject
    {
        instance.CameFrom(source.Cluster, source.Snapshot.Cluster.Name, source.Snapshot.Cluster.Server);
        return instance;
    }

    private static void AddNew<T>(List<T> list, IEnumerable<T> items) => list.AddRange(items.Where(item => !list.Contains(item)).ToList());
}
