namespace KubeSa.Client.Resources.Watches;

/// <summary>How long the parts of a watch take.</summary>
internal sealed record WatchTiming
{
    /// <summary>
    /// How long the server is asked to keep a watch open. A connection that died without a word looks like a watch without
    /// changes, so it is short: a new one goes on where the old one was and costs the server next to nothing.
    /// </summary>
    internal TimeSpan Period { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How much longer than that one is waited for, before the connection is given up.</summary>
    internal TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long what does not go away by itself is put up with in a watch that has worked: a token or a CA certificate may be in
    /// the middle of being replaced, and a server that starts refuses what it will allow in a moment.
    /// </summary>
    internal required TimeSpan Patience { get; init; }

    /// <summary>The first pause before another try.</summary>
    internal TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause.</summary>
    internal TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a watch must have been open that brought nothing, to count as one that worked.</summary>
    internal TimeSpan Shortest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The period of the next watch. Many that began together, after a restart, do not all end together.</summary>
    internal TimeSpan NextPeriod() => Period * (0.75 + (Random.Shared.NextDouble() / 2));
}
