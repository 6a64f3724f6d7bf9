using System.Diagnostics;
using KubeSa.Api;

namespace KubeSa.Client.Resources.Watches;

/// <summary>
/// What a watch does when it cannot go on: as long as it may be a matter of time, it waits and tries again; what is refused for
/// good ends it.
/// </summary>
/// <param name="timing">How long it waits.</param>
/// <param name="title">What is watched, as in "the watch of pods in the namespace 'team-a'".</param>
/// <param name="call">Whom to tell.</param>
internal sealed class WatchTrouble(WatchTiming timing, string title, CallContext call)
{
    // Shorter ones are over before anybody could do something about them.
    private const int FirstWorthTelling = 3;

    private long _since;
    private int _tries;

    /// <summary>The last failure; null as long as all is well.</summary>
    internal KubeApiException? Failure { get; private set; }

    /// <summary>Whether the list or the watch has come to the end once; before that, a failure is that of the command.</summary>
    internal bool HasListed { get; set; }

    /// <summary>Whether the server has let it be watched once.</summary>
    internal bool HasWatched { get; set; }

    /// <summary>Takes note that the server answers as it should.</summary>
    internal void End()
    {
        if (_tries >= FirstWorthTelling)
        {
            call.Notify(new WarningNotice($"{title} goes on."));
        }

        (_tries, Failure) = (0, null);
    }

    /// <summary>Waits until another try may help; throws where none will.</summary>
    internal async Task WaitAsync(KubeApiException failure, CancellationToken stop)
    {
        if (Failure is null)
        {
            _since = Stopwatch.GetTimestamp();
        }

        if (!MayPass(failure))
        {
            throw failure;
        }

        Failure = failure;
        _tries++;
        if (_tries == FirstWorthTelling)
        {
            call.Notify(new WarningNotice($"{title} is interrupted, and goes on as soon as that is possible: {failure.Message}"));
        }

        await Task.Delay(Pause(failure), stop).ConfigureAwait(false);
    }

    private bool MayPass(KubeApiException failure) => failure.Kind switch
    {
        FailureKind.ConnectionRefused or FailureKind.ConnectionReset or FailureKind.HostNotFound or FailureKind.TimedOut
            or FailureKind.ServerError or FailureKind.TooManyRequests => HasListed,
        FailureKind.InvalidRequest or FailureKind.InvalidName or FailureKind.InternalError => false,
        _ => HasWatched && Stopwatch.GetElapsedTime(_since) < timing.Patience,
    };

    private TimeSpan Pause(KubeApiException failure)
    {
        var longer = TimeSpan.FromTicks(Math.Min(timing.LongestPause.Ticks, timing.FirstPause.Ticks << Math.Min(_tries - 1, 16)));
        return (failure.RetryAfter is { } asked && asked > longer ? asked : longer) * (1 + (0.2 * Random.Shared.NextDouble()));
    }
}
