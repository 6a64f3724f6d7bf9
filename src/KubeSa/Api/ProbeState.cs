namespace KubeSa.Api;

/// <summary>How a probe stands.</summary>
/// <param name="Status">In words, for whoever waits.</param>
/// <param name="Pod">The name of its pod; null where there is none yet.</param>
/// <param name="ExitCode">How its container ended; null where it has not.</param>
public sealed record ProbeState(string Status, string? Pod = null, int? ExitCode = null)
{
    /// <summary>What keeps it from going on, perhaps not for good; null where nothing does.</summary>
    public KubeApiException? Obstacle { get; init; }
}
