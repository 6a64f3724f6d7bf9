namespace KubeSa.Cmdlets;

/// <summary>Which users of a log are asked for: accounts by names and namespaces, with wildcards.</summary>
internal sealed class UserFilter
{
    private readonly List<(NamePattern? Namespace, NamePattern Name)> _accounts;
    private readonly List<NamePattern> _namespaces;
    private readonly bool _takesUsers;

    internal UserFilter(IEnumerable<ServiceAccountReference> accounts, IEnumerable<string>? namespaces, bool takesUsers)
    {
        _namespaces = [.. (namespaces ?? []).Select(ns => new NamePattern(ns))];
        _accounts = [.. accounts.Select(account => (NamespaceOf(account), new NamePattern(account.Name)))];
        _takesUsers = takesUsers && _accounts.Count == 0 && _namespaces.Count == 0;
    }

    internal bool IsWanted(string user) => ServiceAccountNames.Parse(user) is var (ns, name)
        ? (_namespaces.Count == 0 || _namespaces.Exists(pattern => pattern.Matches(ns)))
            && (_accounts.Count == 0 || _accounts.Exists(account => (account.Namespace?.Matches(ns) ?? true) && account.Name.Matches(name)))
        : _takesUsers;

    private static NamePattern? NamespaceOf(ServiceAccountReference account) => account.Namespace is null ? null : new NamePattern(account.Namespace);
}
