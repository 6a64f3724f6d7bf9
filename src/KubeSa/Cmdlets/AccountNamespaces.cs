namespace KubeSa.Cmdlets;

/// <summary>Where an account is, when its name says so and a parameter does, too.</summary>
internal static class AccountNamespaces
{
    /// <summary>The namespace in the name, else the one given; InvalidRequest where they contradict each other.</summary>
    internal static string? NamespaceOr(this ServiceAccountReference account, string? given) =>
        account.Namespace is not { } own || given is null || given == own
            ? account.Namespace ?? given
            : throw NamespacedName.Contradiction(account.ToString(), own, given);
}
