using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>Somebody who may do what was asked about, and the binding and the role by which.</summary>
public sealed class AccessGrant : KubeObject
{
    /// <summary>ServiceAccount, User or Group.</summary>
    public required string SubjectKind { get; init; }

    /// <summary>The same, by the name of the column.</summary>
    public string Kind => SubjectKind;

    /// <summary>Who it is, in one text: <c>namespace/name</c> for a service account, the name for others.</summary>
    public string Who => Namespace is null ? Subject : $"{Namespace}/{Subject}";

    /// <summary>The name of the account, user or group.</summary>
    public required string Subject { get; init; }

    /// <summary>The namespace of a service account; null for users and groups.</summary>
    public string? Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of a service account; null for users and groups.</summary>
    public string? ServiceAccount => Namespace is null ? null : SafeName.Of(Subject);

    /// <summary>The verb that was asked about.</summary>
    public required string Verb { get; init => field = SafeName.Of(value); }

    /// <summary>The resource that was asked about, with group and subresource; null where it was a path.</summary>
    public string? Resource { get; init => field = SafeName.Of(value); }

    /// <summary>The path that was asked about; null where it was a resource.</summary>
    public string? NonResourceUrl { get; init => field = SafeName.Of(value); }

    /// <summary>The namespace in which it is allowed; null for the whole cluster.</summary>
    public string? Scope { get; init => field = SafeName.Of(value); }

    /// <summary>RoleBinding or ClusterRoleBinding.</summary>
    public required string BindingKind { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the binding.</summary>
    public required string Binding { get; init; }

    /// <summary>Role or ClusterRole.</summary>
    public required string RoleKind { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the role.</summary>
    public required string Role { get; init; }

    /// <summary>
    /// Whether the service account exists: false where it does not, so that whoever creates it gets the right. Null for users and
    /// groups, which no server lists, and where it could not be looked at.
    /// </summary>
    public bool? Exists { get; init; }

    /// <summary>Who may do it, and where.</summary>
    public override string ToString() =>
        $"{SubjectKind} {SafeName.Of(Who)}{(Exists == false ? " (not found)" : string.Empty)} {(Scope is null ? "in the whole cluster" : $"in {Scope}")}";
}
