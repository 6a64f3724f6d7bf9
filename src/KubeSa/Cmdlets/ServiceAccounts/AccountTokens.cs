using KubeSa.Api;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// Finds the token Secrets of many accounts with one list a namespace: the server has no selector for the account
/// that a Secret belongs to.
/// </summary>
internal sealed class AccountTokens(Func<Connection, string, IEnumerable<SecretDocument>> list)
{
    private readonly Dictionary<(Connection Cluster, string Namespace), ILookup<string?, TokenSecret>> _known = [];

    internal TokenSecret[] Of(Connection cluster, ServiceAccount account)
    {
        if (!_known.TryGetValue((cluster, account.Namespace), out var secrets))
        {
            secrets = list(cluster, account.Namespace)
                .Select(document => ClientLoadContext.Gateway.DecodeSecret(document, asPlainText: false, _ => { }))
                .ToLookup(secret => secret.ServiceAccount);
            _known.Add((cluster, account.Namespace), secrets);
        }

        return [.. secrets[account.Name]];
    }
}
