using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>Whether somebody may do something, as the server decided.</summary>
public sealed class AccessDecision : KubeObject
{
    /// <summary>Whether it is allowed.</summary>
    public required bool Allowed { get; init; }

    /// <summary>
    /// Whether it is refused outright. RBAC only ever allows, so with RBAC alone what is not allowed is not denied either.
    /// </summary>
    public bool Denied { get; init; }

    /// <summary>Why, in the server's words, such as the binding and the role; null where it does not say.</summary>
    public string? Reason { get; init => field = SafeName.Of(value); }

    /// <summary>What the server could not look at for its decision, such as a role that is missing; null for nothing.</summary>
    public string? EvaluationError { get; init => field = SafeName.Of(value); }

    /// <summary>The user it is about; null for the caller.</summary>
    public string? UserName { get; init => field = SafeName.Of(value); }

    /// <summary>The same in short: <c>namespace/name</c> for a service account, <c>(you)</c> for the caller.</summary>
    public string User => UserName is null ? "(you)" : ServiceAccountNames.Parse(UserName) is { } account ? $"{account.Namespace}/{account.Name}" : UserName;

    /// <summary>What is asked about, in one text: the resource and the name of the object, or the path.</summary>
    public string? What => NonResourceUrl ?? (Name is null ? Resource : $"{Resource} {Name}");

    /// <summary>The verb.</summary>
    public required string Verb { get; init => field = SafeName.Of(value); }

    /// <summary>The resource, with group and subresource: <c>deployments.apps/scale</c>; null where it is about a path.</summary>
    public string? Resource { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the object; null for all.</summary>
    public string? Name { get; init => field = SafeName.Of(value); }

    /// <summary>The namespace that was asked about; null for all of them and for what has none.</summary>
    public string? Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The path of a URL that stands for no resource; null where it is about a resource.</summary>
    public string? NonResourceUrl { get; init => field = SafeName.Of(value); }

    /// <summary>"yes" or "no", as kubectl auth can-i says.</summary>
    public override string ToString() => Allowed ? "yes" : "no";
}
