using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>A Role, or a ClusterRole: what may be done by those who hold it.</summary>
public sealed class Role : KubeObject
{
    /// <summary>Role or ClusterRole.</summary>
    public string Kind => Namespace is null ? "ClusterRole" : "Role";

    /// <summary>The namespace of a Role; null for a ClusterRole.</summary>
    public string? Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the role.</summary>
    public required string Name { get; init; }

    /// <summary>What the role allows. Those of an aggregated ClusterRole are filled in by the server.</summary>
    public PolicyRule[] Rules { get; init; } = [];

    /// <summary>
    /// The labels of the ClusterRoles whose rules the server gathers in this one, a selector each; empty where it has rules of its own.
    /// </summary>
    public string[] AggregatedFrom { get; init => field = SafeName.All(value); } = [];

    /// <summary>The labels.</summary>
    public Dictionary<string, string> Labels { get; init; } = [];

    /// <summary>When the role was created, in local time.</summary>
    public DateTime? CreationTimestamp { get; init; }

    /// <summary>The time since the role was created. In PowerShell it is a TimeSpan, in JSON and C# its text.</summary>
    public string? Age => Ages.TextSince(CreationTimestamp);

    /// <summary>The unique id of the role.</summary>
    public string? Uid { get; init => field = SafeName.Of(value); }

    /// <summary>The opaque version of the object on the server.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>The role as <c>namespace/name</c>.</summary>
    public override string ToString() => SafeName.Of(Namespace is null ? Name : $"{Namespace}/{Name}");
}
