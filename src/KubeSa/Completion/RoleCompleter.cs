using System.Collections;

namespace KubeSa.Completion;

/// <summary>Completes the names of Roles of the namespace, from the open connection.</summary>
public sealed class RoleCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(IDictionary bound) => ClusterNames.Roles(bound);
}
