namespace KubeSa.Cmdlets;

/// <summary>Who is to hold which role, and where.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="AccountNamespace">The namespace of the account.</param>
/// <param name="Account">The name of the account.</param>
/// <param name="RoleKind">Role or ClusterRole.</param>
/// <param name="Role">The name of the role.</param>
/// <param name="Namespace">The namespace in which it counts; null for the whole cluster.</param>
internal sealed record RoleGrant(
    Connection Cluster, string AccountNamespace, string Account, string RoleKind, string Role, string? Namespace)
{
    /// <summary>The uid of the account that was read; null where a name was typed.</summary>
    internal string? AccountUid { get; init; }

    /// <summary>The account as the target of ShouldProcess.</summary>
    internal string Target => $"ServiceAccount {AccountNamespace}/{Account}";

    /// <summary>The role and where it counts, for use in a sentence.</summary>
    internal string What => $"{RoleKind} '{Role}' {(Namespace is null ? "in the whole cluster" : $"in the namespace '{Namespace}'")}";

    /// <summary>Whether the binding gives this very role.</summary>
    internal bool IsOf(RoleBinding binding) => binding.RoleKind == RoleKind && binding.Role == Role;

    /// <summary>Whether the binding names the account itself.</summary>
    internal bool Names(RoleBinding binding) => binding.Subjects.Any(subject => subject.IsAccount(AccountNamespace, Account));
}
