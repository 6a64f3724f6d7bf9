using System.Management.Automation;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>
/// Waits until objects are as they are wanted, as kubectl wait does, and outputs each when it is: by a condition, a field, a
/// script block, or until they are deleted or created.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "KubeResource", HelpUri = HelpPages.Folder + "Wait-KubeResource.md", DefaultParameterSetName = NamespaceSet)]
[OutputType(typeof(PSObject))]
public sealed class WaitKubeResourceCommand : WatchingResourceCmdlet
{
    /// <summary>
    /// What to wait for: condition=Ready, condition=Ready=False, 'jsonpath={.status.phase}=Running', delete, create, or a script
    /// block in which $_ is the object: { $_.status.readyReplicas -ge 2 }.
    /// </summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WaitForCompleter))]
    public object For { get; set; } = string.Empty;

    /// <summary>
    /// How long to wait in all, in seconds, before the error TimedOut for each object that is not as wanted. 0 looks once.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int TimeoutSeconds { get; set; } = 30;

    private protected override void End()
    {
        var condition = WaitCondition.Parse(For);
        var waits = Targets(TimeoutSeconds == 0 ? null : TimeSpan.FromSeconds(TimeoutSeconds)).ToDictionary(
            target => target.Target,
            target => new AwaitedObjects(target.Target.Resource, target.Wanted, condition, item => ToObject(target.Target.Cluster, target.Target.Resource, item)));
        foreach (var part in waits.Count == 0 ? [] : AwaitParts(call => MergedWatches.ReadAsync([.. waits.Keys], call)))
        {
            Take(part, waits[part.Target]);
            if (part.End is { } failure)
            {
                WriteFailure(failure);
                waits.Remove(part.Target);
            }

            if (waits.All(wait => wait.Value.IsOver || (TimeoutSeconds == 0 && wait.Key.IsListed)))
            {
                break;
            }
        }

        waits.Values.SelectMany(wait => wait.Late(TimeoutSeconds)).ToList().ForEach(WriteFailure);
    }

    private void Take(WatchPart part, AwaitedObjects awaited)
    {
        foreach (var change in part.Changes.Changes)
        {
            Tell(part.Target, awaited.Take(change));
        }

        part.Changes.Failures.ToList().ForEach(WriteFailure);
        if (part.Changes.EndsList)
        {
            part.Target.IsListed = true;
            foreach (var outcome in awaited.EndList().ToList())
            {
                Tell(part.Target, outcome);
            }
        }
    }

    private void Tell(WatchTarget target, WaitOutcome? outcome)
    {
        if (outcome?.Failure is { } failure)
        {
            WriteFailure(failure);
        }
        else if (outcome?.Met is { } item)
        {
            Guard(() => WriteObject(ToObject(target.Cluster, target.Resource, item, withNamespace: IsAcrossNamespaces)));
        }
    }
}
