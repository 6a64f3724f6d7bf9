using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>Somebody who holds a role.</summary>
/// <param name="kind">ServiceAccount, User or Group.</param>
/// <param name="ns">The namespace of a service account, also where the binding leaves it to be its own; null for others.</param>
/// <param name="name">The name.</param>
public sealed class RoleSubject(string kind, string? ns, string name) : KubeObject
{
    private const string AccountKind = "ServiceAccount";

    /// <summary>ServiceAccount, User or Group.</summary>
    public string Kind { get; } = kind;

    /// <summary>The namespace of a service account, also where the binding leaves it to be its own; null for others.</summary>
    public string? Namespace { get; } = ns;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Whether the service account exists: false where it does not, null for users and groups, which no server lists, and
    /// where it was not looked for.
    /// </summary>
    public bool? Exists { get; init; }

    /// <summary>The API group as the server has it; null for a service account.</summary>
    internal string? ApiGroup { get; init; }

    /// <summary>The namespace as the server has it, which a binding may leave open, and which a user may have for no purpose.</summary>
    internal string? WrittenNamespace { get; init; }

    /// <summary>The account that is meant, whether it is named as such or as the user that it is; null where none is.</summary>
    internal (string Namespace, string Name)? AsAccount => Kind switch
    {
        AccountKind when Namespace is { } ns => (ns, Name),
        "User" => ServiceAccountNames.Parse(Name),
        _ => null,
    };

    /// <summary>The subject as <c>Kind namespace/name</c>, and whether it is known to be missing.</summary>
    public override string ToString() =>
        $"{SafeName.Of(Kind)} {SafeName.Of(Namespace is null ? Name : $"{Namespace}/{Name}")}{(Exists == false ? " (not found)" : string.Empty)}";

    /// <summary>The same, and whether it is known to exist.</summary>
    internal RoleSubject Existing(bool? exists) => new(Kind, Namespace, Name) { ApiGroup = ApiGroup, WrittenNamespace = WrittenNamespace, Exists = exists };

    /// <summary>A subject of a new binding.</summary>
    internal static RoleSubject Account(string @namespace, string name) =>
        new(AccountKind, @namespace, name) { WrittenNamespace = @namespace };

    /// <summary>
    /// The one place where a subject is read, as the server's authorizer reads it: a service account without a namespace is
    /// one of the binding's, and the namespace of a user or a group means nothing.
    /// </summary>
    internal static RoleSubject Read(string kind, string? apiGroup, string? @namespace, string name, string? bindingNamespace)
    {
        var written = string.IsNullOrEmpty(@namespace) ? null : @namespace;
        return new RoleSubject(kind, kind == AccountKind ? written ?? bindingNamespace : null, name)
        {
            ApiGroup = string.IsNullOrEmpty(apiGroup) ? null : apiGroup,
            WrittenNamespace = written,
        };
    }

    /// <summary>Whether this is the account itself, under either of the names it may stand under.</summary>
    internal bool IsAccount(string @namespace, string name) => AsAccount == (@namespace, name);

    /// <summary>Whether this is a group that the account is in.</summary>
    internal bool IsGroupOf(string @namespace) => Kind == "Group" && ServiceAccountNames.Groups(@namespace).Contains(Name);
}
