using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>The lifetimes that a server grants to requested tokens; explained before it refuses others.</summary>
internal static class TokenLifetime
{
    /// <summary>The time that a parameter gives; InvalidRequest where what was typed is none.</summary>
    internal static TimeSpan? Of(Duration? duration, string @namespace, string account) => duration?.Problem is { } problem
        ? throw new KubeApiException(FailureKind.InvalidRequest, problem, $"{@namespace}/{account}")
        : duration?.Value;

    internal static void Require(TokenSpec spec)
    {
        var problem = spec.Duration switch
        {
            { } asked when asked > TimeSpan.Zero && asked < TimeSpan.FromSeconds(1) =>
                $"{asked} was asked for: PowerShell counts a bare number as {asked.Ticks} ticks of a ten-millionth of a second. Write a time, such as 1:00:00 for an hour.",
            { } asked when asked < TokenSpec.Shortest =>
                $"The API server issues no token for less than 10 minutes, and {asked} was asked for. "
                + "For a shorter time bind a token to an object (-BoundPod, -BoundSecret) and remove that when it is to end.",
            { } asked when asked > TokenSpec.Longest =>
                $"The API server issues no token for more than 2^32 seconds (about 136 years), and {asked} was asked for.",
            _ => null,
        };
        if (problem is not null)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, problem, $"{spec.Namespace}/{spec.ServiceAccount}");
        }
    }
}
