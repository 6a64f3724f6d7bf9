namespace KubeSa.Api;

/// <summary>
/// A failure in our own words. It never carries the client library's exception, whose request headers hold the
/// bearer token, and its message never holds a response body.
/// </summary>
public sealed class KubeApiException : Exception
{
    /// <summary>Makes a failure.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">What went wrong, with what to do next; complete sentences.</param>
    /// <param name="target">What it was about: <c>namespace/name</c>, a path or a server.</param>
    public KubeApiException(FailureKind kind, string message, string? target = null)
        : base(message)
    {
        Kind = kind;
        Target = target;
    }

    /// <summary>What went wrong.</summary>
    public FailureKind Kind { get; }

    /// <summary>What it was about; null where only the caller knows.</summary>
    public string? Target { get; }

    /// <summary>The HTTP status code; null where the failure is none of HTTP.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The machine-readable reason of the server's Status, such as AlreadyExists.</summary>
    public string? Reason { get; init; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
