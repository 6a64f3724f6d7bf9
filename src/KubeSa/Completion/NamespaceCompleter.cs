using System.Collections;

namespace KubeSa.Completion;

/// <summary>Completes the names of namespaces, from the open connection.</summary>
public sealed class NamespaceCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(IDictionary bound) => ClusterNames.Namespaces(bound);
}
