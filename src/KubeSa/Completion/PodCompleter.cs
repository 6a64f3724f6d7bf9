using System.Collections;

namespace KubeSa.Completion;

/// <summary>Completes the names of pods of the namespace, from the open connection.</summary>
public sealed class PodCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(IDictionary bound) => ClusterNames.Pods(bound);
}
