using System.Collections;

namespace KubeSa.Completion;

/// <summary>Completes the names of service accounts, from the open connection.</summary>
public sealed class ServiceAccountCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(IDictionary bound) => ClusterNames.ServiceAccounts(bound);
}
