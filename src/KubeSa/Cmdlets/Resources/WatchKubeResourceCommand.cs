using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>
/// Tells each change of objects of any resource as it happens: first all that are there, as added, then what is added, modified
/// and deleted. Goes on after the connection breaks and the server restarts, without gaps or repeats.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "KubeResource", HelpUri = HelpPages.Folder + "Watch-KubeResource.md", DefaultParameterSetName = NamespaceSet)]
[OutputType(typeof(WatchEvent))]
public sealed class WatchKubeResourceCommand : WatchingResourceCmdlet
{
    /// <summary>How long to watch, in seconds; until Ctrl+C where this is left out. That the time is over is no error.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int TimeoutSeconds { get; set; }

    /// <summary>How many events to output before it ends.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int Count { get; set; }

    /// <summary>Leave out the objects that are there at the beginning, as kubectl's --watch-only.</summary>
    [Parameter]
    public SwitchParameter OnlyChanges { get; set; }

    /// <summary>Show all columns of the server's table, as kubectl get -o wide. The objects are the same.</summary>
    [Parameter]
    public SwitchParameter Wide { get; set; }

    private protected override void End()
    {
        var targets = Targets(TimeoutSeconds == 0 ? null : TimeSpan.FromSeconds(TimeoutSeconds)).Select(target => target.Target).ToList();
        var left = Count == 0 ? long.MaxValue : Count;
        if (targets.Count == 0)
        {
            return;
        }

        var withNamespace = IsAcrossNamespaces || targets.Count > 1;
        foreach (var part in AwaitParts(call => MergedWatches.ReadAsync(targets, call)))
        {
            foreach (var change in part.Changes.Changes.Where(_ => part.Target.IsListed || !OnlyChanges))
            {
                Guard(() => WriteObject(EventOf(part.Target, change, withNamespace)));
                if (--left == 0)
                {
                    return;
                }
            }

            part.Changes.Failures.ToList().ForEach(WriteFailure);
            part.Target.IsListed |= part.Changes.EndsList;
            if (part.End is { } failure)
            {
                WriteFailure(failure);
            }
        }
    }

    private WatchEvent EventOf(WatchTarget target, ResourceChange change, bool withNamespace) => From(target.Cluster, new WatchEvent
    {
        Type = change.Kind switch
        {
            ResourceChangeKind.Added => WatchEventType.Added,
            ResourceChangeKind.Deleted => WatchEventType.Deleted,
            _ => WatchEventType.Modified,
        },
        Kind = target.Resource.Kind,
        Namespace = change.Item.Namespace is { Length: > 0 } ns ? ns : null,
        Name = change.Item.Name,
        Object = ToObject(target.Cluster, target.Resource, change.Item, Wide, withNamespace),
    });
}
