namespace KubeSa;

/// <summary>Somebody who holds a role.</summary>
/// <param name="Kind">ServiceAccount, User or Group.</param>
/// <param name="Namespace">The namespace of a service account; null for others.</param>
/// <param name="Name">The name.</param>
public sealed record RoleSubject(string Kind, string? Namespace, string Name)
{
    /// <summary>The subject as <c>Kind namespace/name</c>.</summary>
    public override string ToString() => Namespace is null ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";

    internal static RoleSubject Account(string @namespace, string name) => new("ServiceAccount", @namespace, name);

    /// <summary>Whether this is the account itself, under either of the names it may stand under.</summary>
    internal bool IsAccount(string @namespace, string name) =>
        this == Account(@namespace, name)
        || (Kind == "User" && Name == ServiceAccountNames.UserName(@namespace, name));

    /// <summary>Whether this is a group that the account is in.</summary>
    internal bool IsGroupOf(string @namespace) => Kind == "Group" && ServiceAccountNames.Groups(@namespace).Contains(Name);
}
