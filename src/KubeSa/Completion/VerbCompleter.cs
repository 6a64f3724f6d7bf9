using System.Collections;

namespace KubeSa.Completion;

/// <summary>Completes the verbs of API requests.</summary>
public sealed class VerbCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(IDictionary bound) => ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];
}
