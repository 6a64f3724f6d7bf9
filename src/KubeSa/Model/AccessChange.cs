using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>What somebody gained or lost between two snapshots, and by which object.</summary>
public sealed class AccessChange : KubeObject
{
    /// <summary>Whether it was gained or lost.</summary>
    public required AccessChangeDirection Change { get; init; }

    /// <summary>What kind of thing: a right, a path to cluster-admin, or a finding of the audit.</summary>
    public required AccessChangeKind Kind { get; init; }

    /// <summary>How much harm it allows; Info for what was lost.</summary>
    public required AuditSeverity Severity { get; init; }

    /// <summary>Who: <c>ServiceAccount ci/deployer</c>, <c>User jane</c>, <c>Group ops</c>.</summary>
    public required string Subject { get; init => field = SafeName.Of(value); }

    /// <summary>The namespace of a service account; null for others.</summary>
    public string? Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of a service account; null for others.</summary>
    public string? ServiceAccount { get; init => field = SafeName.Of(value); }

    /// <summary>What: the verbs and what they are about, the steps of a path, or the message of a finding.</summary>
    public required string What { get; init => field = SafeName.Of(value); }

    /// <summary>The namespace in which a right counts; null for the whole cluster.</summary>
    public string? Scope { get; init => field = SafeName.Of(value); }

    /// <summary>The binding by which, as <c>RoleBinding ci/deployer</c>; null where it is none.</summary>
    public string? Binding { get; init => field = SafeName.Of(value); }

    /// <summary>The role by which, as <c>ClusterRole edit</c>; null where it is none.</summary>
    public string? Role { get; init => field = SafeName.Of(value); }

    /// <summary>What was changed: a binding was added, a role gained a rule, and so on.</summary>
    public required string Reason { get; init => field = SafeName.Of(value); }

    /// <summary>The change in one line.</summary>
    public override string ToString() => $"{Subject} {(Change == AccessChangeDirection.Gained ? "gained" : "lost")} {What}{(Kind == AccessChangeKind.Right ? Scope is null ? " in the whole cluster" : $" in namespace {Scope}" : string.Empty)}: {Reason}";
}

/// <summary>Whether something was gained or lost.</summary>
public enum AccessChangeDirection : long
{
    /// <summary>It was not there before.</summary>
    Gained,

    /// <summary>It is not there any more.</summary>
    Lost,
}

/// <summary>What kind of thing was gained or lost.</summary>
public enum AccessChangeKind : long
{
    /// <summary>Something that may be done.</summary>
    Right,

    /// <summary>A path to cluster-admin.</summary>
    Path,

    /// <summary>A finding of the audit.</summary>
    Finding,
}
