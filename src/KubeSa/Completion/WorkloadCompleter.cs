using System.Collections;

namespace KubeSa.Completion;

/// <summary>Completes the names of workloads of the kind that is given, else of Deployments, from the open connection.</summary>
public sealed class WorkloadCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(IDictionary bound) =>
        ClusterNames.Workloads(bound, Enum.TryParse<WorkloadKind>($"{bound["Kind"]}", ignoreCase: true, out var kind) ? kind : WorkloadKind.Deployment);
}
