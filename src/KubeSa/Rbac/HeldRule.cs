using KubeSa.Api;

namespace KubeSa.Rbac;

/// <summary>A rule that somebody holds: by which binding, of which role, and as whom.</summary>
/// <param name="Binding">The binding.</param>
/// <param name="Role">The role it gives.</param>
/// <param name="Index">Which of the role's rules, from 0.</param>
/// <param name="Subject">Whom the binding names: the account itself, or a group that it is in.</param>
internal sealed record HeldRule(RoleBinding Binding, RoleDefinition Role, int Index, RoleSubject Subject)
{
    /// <summary>The rule.</summary>
    internal RoleRule Rule => Role.Rules[Index];

    /// <summary>The namespace in which it counts; null for the whole cluster.</summary>
    internal string? Scope => Binding.Namespace;

    /// <summary>Whether it allows what is asked, in the namespace that is asked about.</summary>
    internal bool Allows(AccessRequest request) => (Scope is null || Scope == request.Namespace) && Rule.Allows(request);
}
