using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>A RoleBinding, or a ClusterRoleBinding: who holds a role, and where.</summary>
public sealed class RoleBinding : KubeObject
{
    /// <summary>RoleBinding or ClusterRoleBinding.</summary>
    public string Kind => Namespace is null ? "ClusterRoleBinding" : "RoleBinding";

    /// <summary>The namespace in which the role is held; null for the whole cluster.</summary>
    public string? Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the binding.</summary>
    public required string Name { get; init; }

    /// <summary>Role or ClusterRole.</summary>
    public required string RoleKind { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the role.</summary>
    public required string Role { get; init; }

    /// <summary>Who holds the role.</summary>
    public RoleSubject[] Subjects { get; internal set; } = [];

    /// <summary>The labels, which say among other things whether the server made it by itself.</summary>
    internal IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the binding is gone, because nobody was left to hold the role.</summary>
    public bool IsRemoved { get; internal set; }

    /// <summary>When the binding was made, in local time.</summary>
    public DateTime? CreationTimestamp { get; init; }

    /// <summary>The time since the binding was made. In PowerShell it is a TimeSpan, in JSON and C# its text.</summary>
    public string? Age => Ages.TextSince(CreationTimestamp);

    /// <summary>The unique id of the binding.</summary>
    public string? Uid { get; init => field = SafeName.Of(value); }

    /// <summary>The opaque version of the object on the server.</summary>
    public string? ResourceVersion { get; init; }

    private protected override IEnumerable<KubeObject?> Parts => Subjects;

    /// <summary>The binding as <c>namespace/name</c>.</summary>
    public override string ToString() => SafeName.Of(Namespace is null ? Name : $"{Namespace}/{Name}");
}
