using KubeSa.Secrecy;

namespace KubeSa.Api;

/// <summary>
/// A failure in our own words. It never carries the client library's exception, whose request headers hold the
/// bearer token, and its message never holds a response body. Whatever it is made of, no credential gets into it.
/// </summary>
public sealed class KubeApiException : Exception
{
    /// <summary>Makes a failure.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">What went wrong, with what to do next; complete sentences.</param>
    /// <param name="target">What it was about: <c>namespace/name</c>, a path or a server.</param>
    public KubeApiException(FailureKind kind, string message, string? target = null)
        : base(Redactor.Clean(PastedCredential.HideIn(message, kind, target)))
    {
        Kind = kind;
        Target = target is null ? null : Redactor.Clean(PastedCredential.HideIn(target, kind, target));
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

    /// <summary>
    /// For -Debug: the types and stacks of an exception that nobody expected. Without its messages, which may quote a
    /// credential.
    /// </summary>
    public string? Details { get; private init; }

    /// <summary>The same failure with another sentence at the end of its message.</summary>
    public KubeApiException With(string sentence) => new(Kind, $"{Message} {sentence}", Target)
    {
        StatusCode = StatusCode,
        Reason = Reason,
        RetryAfter = RetryAfter,
        Details = Details,
    };

    /// <summary>An InternalError for an exception that nobody expected. The exception itself goes no further.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="what">What was being done, as the beginning of a sentence: "The call to https://..."</param>
    /// <param name="target">What it was about.</param>
    public static KubeApiException Unexpected(Exception failure, string what, string? target = null)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new KubeApiException(
            FailureKind.InternalError,
            $"{what} failed in a way that KubeSa does not expect ({failure.GetType().Name}), which is a fault of the module. "
            + "Run it again with -Debug to see where the error comes from, and report it with that output.",
            target)
        {
            Details = Trace(failure),
        };
    }

    private static string Trace(Exception failure)
    {
        var trace = new System.Text.StringBuilder();
        for (var current = failure; current is not null; current = current.InnerException)
        {
            trace.Append(current == failure ? string.Empty : "caused by ").AppendLine(current.GetType().FullName).AppendLine(current.StackTrace);
        }

        return trace.ToString().TrimEnd();
    }
}
