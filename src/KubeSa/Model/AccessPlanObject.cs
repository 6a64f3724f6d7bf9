using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>A role or binding that a plan creates, deletes or changes.</summary>
public sealed class AccessPlanObject : KubeObject
{
    /// <summary>What is done with it.</summary>
    public required AccessPlanAction Action { get; init; }

    /// <summary>Role, ClusterRole, RoleBinding or ClusterRoleBinding.</summary>
    public required string Kind { get; init => field = SafeName.Of(value); }

    /// <summary>The namespace; null for what lives in none.</summary>
    public string? Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name.</summary>
    public required string Name { get; init => field = SafeName.Of(value); }

    /// <summary>Why, in a sentence.</summary>
    public string? Reason { get; init => field = SafeName.Of(value); }

    /// <summary>The object as JSON, as it is created, or as it was before it is deleted or changed.</summary>
    public string Manifest { get; init => field = SafeName.Of(value); } = "{}";

    /// <summary>The uid that an object must have to be deleted or changed; null where that is not known.</summary>
    public string? Uid { get; init => field = SafeName.Of(value); }

    /// <summary>What is done with which object.</summary>
    public override string ToString() => $"{Action} {Kind} {(Namespace is null ? string.Empty : Namespace + "/")}{Name}";
}
