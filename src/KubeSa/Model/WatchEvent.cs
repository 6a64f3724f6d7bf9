using System.Diagnostics.CodeAnalysis;
using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>A change of an object that is watched.</summary>
public sealed class WatchEvent : KubeObject
{
    /// <summary>What happened.</summary>
    public required WatchEventType Type { get; init; }

    /// <summary>The kind of the object.</summary>
    public required string Kind { get; init => field = SafeName.Of(value); }

    /// <summary>Its namespace; null where it lives in none.</summary>
    public string? Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>Its name.</summary>
    public required string Name { get; init => field = SafeName.Of(value); }

    /// <summary>
    /// The object as it is now, or as it was last. Of one whose deletion happened while the server could not be reached, only the
    /// kind, the namespace, the name, the uid and the last resourceVersion are known.
    /// </summary>
    [SuppressMessage("Naming", "CA1720", Justification = "What every client of Kubernetes calls it.")]
    public required object Object { get; init; }

    /// <summary>The event in one line.</summary>
    public override string ToString() => Namespace is null ? $"{Type} {Kind} {Name}" : $"{Type} {Kind} {Namespace}/{Name}";
}

/// <summary>What happened to an object that is watched.</summary>
public enum WatchEventType : long
{
    /// <summary>It is there, or has begun to match.</summary>
    Added,

    /// <summary>It was changed.</summary>
    Modified,

    /// <summary>It is deleted, or no longer matches.</summary>
    Deleted,
}
