using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>What a component of the cluster has to tell of a service account; servers forget it after an hour or so.</summary>
public sealed class ServiceAccountEvent : KubeObject
{
    /// <summary>Normal or Warning.</summary>
    public required string Type { get; init => field = SafeName.Of(value); }

    /// <summary>The reason, as one word for programs: <c>FailedCreate</c>.</summary>
    public string? Reason { get; init => field = SafeName.Of(value); }

    /// <summary>What happened, for people.</summary>
    public string? Message { get; init => field = SafeName.Of(value); }

    /// <summary>Who tells it: the component.</summary>
    public string? Source { get; init => field = SafeName.Of(value); }

    /// <summary>How often it happened.</summary>
    public int Count { get; init; } = 1;

    /// <summary>When it happened first, in local time.</summary>
    public DateTime? FirstSeen { get; init; }

    /// <summary>When it happened last, in local time.</summary>
    public DateTime? LastSeen { get; init; }

    /// <summary>The time since it happened last. In PowerShell it is a TimeSpan, in JSON and C# its text.</summary>
    public string? Age => Ages.TextSince(LastSeen);

    /// <summary>The event in one line.</summary>
    public override string ToString() => $"{Type} {Reason} (x{Count}, {Source}): {Message}";
}
