using System.Collections;

namespace KubeSa.Completion;

/// <summary>Completes the names of token Secrets, from the open connection.</summary>
public sealed class TokenSecretCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names(IDictionary bound) => ClusterNames.TokenSecrets(bound);
}
