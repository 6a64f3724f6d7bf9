using KubeSa.Analysis.Snapshot;

namespace KubeSa.Cmdlets;

/// <summary>Which accounts of a snapshot are meant; thousands may come by the pipeline, and most by their names.</summary>
internal sealed class AccountSelection
{
    private readonly ILookup<(string Namespace, string Name), ServiceAccountReference> _literal;
    private readonly List<(NamePattern? Namespace, NamePattern Name, ServiceAccountReference Account)> _patterns;

    internal AccountSelection(IReadOnlyList<(ServiceAccountReference Account, string? Namespace)> wanted)
    {
        bool IsLiteral((ServiceAccountReference Account, string? Namespace) item) => item.Namespace is not null && !new NamePattern(item.Account.Name).IsWildcard && !new NamePattern(item.Namespace).IsWildcard;
        _literal = wanted.Where(IsLiteral).ToLookup(item => (item.Namespace!, item.Account.Name), item => item.Account);
        _patterns = [.. wanted.Where(item => !IsLiteral(item)).Select(item => (item.Namespace is null ? null : new NamePattern(item.Namespace), new NamePattern(item.Account.Name), item.Account))];
    }

    /// <summary>Whether the account is meant.</summary>
    /// <param name="account">The account.</param>
    /// <param name="found">Takes those of the references that it fits.</param>
    internal bool Matches(SnapshotAccount account, HashSet<ServiceAccountReference> found)
    {
        var any = false;
        var patterns = _patterns.Where(pattern => pattern.Name.Matches(account.Name) && pattern.Namespace?.Matches(account.Namespace) != false).Select(pattern => pattern.Account);
        foreach (var reference in _literal[(account.Namespace, account.Name)].Concat(patterns))
        {
            found.Add(reference);
            any = true;
        }

        return any;
    }
}
