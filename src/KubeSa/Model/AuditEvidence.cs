using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>One object that a finding of the audit rests on, and what of it counts.</summary>
public sealed class AuditEvidence : KubeObject
{
    /// <summary>The kind of the object: ClusterRoleBinding, Role, Pod and so on.</summary>
    public required string Kind { get; init => field = SafeName.Of(value); }

    /// <summary>The namespace of the object; null where it has none.</summary>
    public string? Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the object.</summary>
    public required string Name { get; init => field = SafeName.Of(value); }

    /// <summary>What of the object counts, such as one rule of a role; null where it is the object as a whole.</summary>
    public string? Detail { get; init => field = SafeName.Of(value); }

    /// <summary>The object and what of it counts, in one line.</summary>
    public override string ToString() =>
        $"{Kind} {(Namespace is null ? Name : $"{Namespace}/{Name}")}{(Detail is null ? string.Empty : $" ({Detail})")}";
}
