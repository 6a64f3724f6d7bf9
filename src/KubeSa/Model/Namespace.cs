using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>A namespace of a cluster.</summary>
public sealed class Namespace : KubeObject
{
    /// <summary>The name of the namespace.</summary>
    public required string Name { get; init => field = SafeName.Of(value); }

    /// <summary>Active, or Terminating while it and all that it holds is being deleted; null where the server does not say.</summary>
    public string? Status { get; init => field = SafeName.Of(value); }

    /// <summary>The labels.</summary>
    public Dictionary<string, string> Labels { get; init; } = [];

    /// <summary>The annotations.</summary>
    public Dictionary<string, string> Annotations { get; init; } = [];

    /// <summary>When the namespace was created, in local time.</summary>
    public DateTime? CreationTimestamp { get; init; }

    /// <summary>The time since the namespace was created. In PowerShell it is a TimeSpan, in JSON and C# its text.</summary>
    public string? Age => Ages.TextSince(CreationTimestamp);

    /// <summary>The unique id of the namespace.</summary>
    public string? Uid { get; init => field = SafeName.Of(value); }

    /// <summary>The opaque version of the object on the server.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
