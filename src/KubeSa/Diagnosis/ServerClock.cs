namespace KubeSa.Diagnosis;

/// <summary>The time to judge by: the server's, where it told it, for it is the server that refuses what has expired.</summary>
internal static class ServerClock
{
    // The Date header has whole seconds, and the answer took its time.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    // A header may say anything, and what is out of these years is no clock and runs over in arithmetic.
    private const int FirstYear = 1970;
    private const int LastYear = 9000;

    internal static DateTimeOffset Now(AccessEvidence evidence) => evidence.Clock + (Skew(evidence) ?? TimeSpan.Zero);

    /// <summary>How far the server's clock is ahead of the machine's; null where it is not known or not worth mention.</summary>
    internal static TimeSpan? Skew(AccessEvidence evidence)
    {
        if (evidence.Server?.Answer is not { Date: { Year: >= FirstYear and <= LastYear } date } answer)
        {
            return null;
        }

        var then = evidence.Clock + (evidence.Network?.Elapsed ?? default) + (evidence.Tls?.Elapsed ?? default) + answer.Elapsed;
        var skew = date - then;
        return skew.Duration() > Tolerance ? skew : null;
    }
}
