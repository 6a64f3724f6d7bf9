using KubeSa.Analysis.Audit;
using KubeSa.Analysis.Snapshot;

namespace KubeSa.Cmdlets;

/// <summary>The accounts of a snapshot that a user means by a name, with or without namespace and wildcards.</summary>
internal sealed class AccountPattern(ServiceAccountReference account)
{
    private readonly NamePattern? _namespace = account.Namespace is null ? null : new NamePattern(account.Namespace);
    private readonly NamePattern _name = new(account.Name);

    /// <summary>Whether an account is meant, or a group that one of those that are meant is in.</summary>
    internal bool Matches(Principal? principal) => principal switch
    {
        null => false,
        { Account: { } one } => Matches(one),
        { Namespace: null } => true,
        _ => _namespace?.Matches(principal.Namespace) ?? true,
    };

    /// <summary>Whether it is a name without wildcards, and accounts were read, and none has it.</summary>
    internal bool IsMissingIn(AccessSnapshot snapshot) =>
        !_name.IsWildcard && _namespace?.IsWildcard != true && snapshot.WasRead(SnapshotParts.Accounts, account.Namespace) && !snapshot.Accounts.Any(Matches);

    private bool Matches(SnapshotAccount one) => _name.Matches(one.Name) && (_namespace?.Matches(one.Namespace) ?? true);

    /// <inheritdoc/>
    public override string ToString() => account.ToString();
}
