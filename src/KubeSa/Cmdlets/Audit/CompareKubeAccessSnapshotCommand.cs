using System.Management.Automation;
using KubeSa.Analysis.Changes;
using KubeSa.Analysis.Snapshot;
using KubeSa.Api;
using KubeSa.Connections;

namespace KubeSa.Cmdlets;

/// <summary>Says who gained and who lost what between two snapshots of a cluster, or since one: rights, paths to cluster-admin and findings, and by which object.</summary>
[Cmdlet(VerbsData.Compare, "KubeAccessSnapshot", HelpUri = HelpPages.Folder + "Compare-KubeAccessSnapshot.md")]
[OutputType(typeof(AccessChange))]
public sealed class CompareKubeAccessSnapshotCommand : FleetCmdlet
{
    /// <summary>The snapshot of before: a file that Export-KubeAccessSnapshot wrote.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [Alias("ReferenceObject")]
    [ValidateNotNullOrEmpty]
    public string Reference { get; set; } = string.Empty;

    /// <summary>The snapshot of after. The cluster as it is now where this is left out.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("DifferenceObject", "FullName")]
    [ValidateNotNullOrEmpty]
    public string? Difference { get; set; }

    private protected override void Process()
    {
        var before = Read(Reference);
        if (Difference is null && Context.Length > 1)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, "A snapshot is compared with one cluster. Give one context.", Reference);
        }

        var sources = Difference is { } file ? [new SnapshotSource(Read(file), null)] : Gather(Clusters()).ToList();
        foreach (var source in sources)
        {
            Compare(before, source);
        }
    }

    private void Compare(AccessSnapshot before, SnapshotSource source)
    {
        var after = source.Snapshot;
        if (!ServerUrl.Same(before.Cluster.Server, after.Cluster.Server))
        {
            WriteWarning($"The snapshots are of different clusters: {before.Cluster.Name} ({before.Cluster.Server}) and {after.Cluster.Name} ({after.Cluster.Server}).");
        }

        TellNotRead(before);
        TellNotRead(after);
        var changes = Await(_ => Task.FromResult(AccessChanges.Between(before, after)));
        foreach (var change in changes)
        {
            change.CameFrom(source.Cluster, after.Cluster.Name, after.Cluster.Server);
            WriteObject(change);
        }
    }

    private AccessSnapshot Read(string path)
    {
        var file = ResolvePath(path);
        return Await(call => SnapshotFile.ReadAsync(file, call.Stop));
    }

    private void TellNotRead(AccessSnapshot snapshot)
    {
        foreach (var part in snapshot.NotRead)
        {
            WriteWarning($"{snapshot.Cluster.Name}, {snapshot.TakenAt:u}: {part.Resource}{(part.Namespace is null ? string.Empty : $" of the namespace {part.Namespace}")} could not be looked at, so changes there are not known. {part.Message}");
        }
    }
}
