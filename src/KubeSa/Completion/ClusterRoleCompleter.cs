using System.Collections;

namespace KubeSa.Completion;

/// <summary>Completes the names of ClusterRoles, from the open connection.</summary>
public sealed class ClusterRoleCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(IDictionary bound) => ClusterNames.ClusterRoles(bound);
}
