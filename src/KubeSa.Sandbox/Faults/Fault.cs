namespace KubeSa.Sandbox.Faults;

/// <summary>Something that goes wrong on purpose, by its name in <see cref="FaultNames"/>; it ends after Times requests, after Seconds, or when it is switched off.</summary>
public sealed record Fault(string Name)
{
    /// <summary>How many requests it befalls; null for all.</summary>
    public int? Times { get; init; }

    /// <summary>How many requests that it concerns it spares before the first.</summary>
    public int After { get; init; }

    /// <summary>How long it lasts; null until it is switched off.</summary>
    public double? Seconds { get; init; }

    /// <summary>Only requests whose path contains this; null for all.</summary>
    public string? Path { get; init; }

    /// <summary>Only requests of this verb, as RBAC names them; null for all.</summary>
    public string? Verb { get; init; }

    /// <summary>What the Retry-After header of a 429 or 503 says.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>How long each page takes that is slow.</summary>
    public int Milliseconds { get; init; } = 500;

    /// <summary>The token that is refused; null for the one in the mount directory when the fault is switched on.</summary>
    public string? Token { get; init; }
}
