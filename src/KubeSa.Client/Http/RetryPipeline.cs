using KubeSa.Client.Errors;
using Polly;
using Polly.Retry;

namespace KubeSa.Client.Http;

/// <summary>The library's retries by our rules, built once for a connection. A class of its own: it is loaded when something has gone wrong.</summary>
internal sealed class RetryPipeline
{
    private const int MostUnasked = 5;
    private const int MostAsked = 10;
    private const double Jitter = 0.1;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(500);
    private static readonly ResiliencePropertyKey<Retried> Key = new(nameof(Retried));

    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = attempt => ValueTask.FromResult(
                attempt.AttemptNumber < (WaitAskedFor(attempt.Outcome) is null ? MostUnasked : MostAsked)
                && Of(attempt.Context).IsWorthwhile(attempt.Outcome)
                && Wait(attempt.AttemptNumber, attempt.Outcome, Jitter) < Of(attempt.Context).Scope.Remaining),
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(Wait(attempt.AttemptNumber, attempt.Outcome, Jitter * Random.Shared.NextDouble())),
            OnRetry = attempt => Of(attempt.Context).Notices.Announce(attempt),
        })
        .Build();

    /// <summary>Goes on from a first attempt that was worth another.</summary>
    /// <param name="first">How the first attempt ended.</param>
    /// <param name="send">Sends the request once more.</param>
    /// <param name="worthwhile">Whether an outcome is worth another attempt.</param>
    /// <param name="request">The request.</param>
    /// <param name="stop">Ends it.</param>
    internal async Task<HttpResponseMessage> RetryAsync(
        Task<HttpResponseMessage> first,
        Func<CancellationToken, Task<HttpResponseMessage>> send,
        Func<HttpResponseMessage?, Exception?, bool> worthwhile,
        HttpRequestMessage request,
        CancellationToken stop)
    {
        var scope = CallScope.Current;
        var notices = new RetryNotices(request, scope.Call);
        var context = ResilienceContextPool.Shared.Get(stop);
        context.Properties.Set(Key, new Retried(scope, notices, worthwhile));
        var next = first;
        try
        {
            return await _pipeline.ExecuteAsync(
                async inner =>
                {
                    var current = next ?? send(inner.CancellationToken);
                    next = null;
                    return await current.ConfigureAwait(false);
                },
                context).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            notices.End();
        }
    }

    private static Retried Of(ResilienceContext context) => context.Properties.GetValue(Key, null!);

    private static TimeSpan Wait(int attempt, Outcome<HttpResponseMessage> outcome, double jitter)
    {
        var wait = WaitAskedFor(outcome) ?? TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(attempt, 8)));
        return wait * (1 + jitter);
    }

    private static TimeSpan? WaitAskedFor(Outcome<HttpResponseMessage> outcome) => RetryAfter.Of(outcome.Result?.Headers.RetryAfter);

    /// <summary>What belongs to one request and not to the connection.</summary>
    private sealed record Retried(CallScope Scope, RetryNotices Notices, Func<HttpResponseMessage?, Exception?, bool> Worthwhile)
    {
        internal bool IsWorthwhile(Outcome<HttpResponseMessage> outcome) => Worthwhile(outcome.Result, outcome.Exception);
    }
}
