using KubeSa.Client.Config;
using KubeSa.Client.Errors;
using Polly;
using Polly.Retry;

namespace KubeSa.Client.Http;

/// <summary>
/// Tries again when the server is busy, away or not up yet, as long as the call's time allows: for a second or two by
/// itself, in which a server restarts behind a load balancer, and longer where the server says when to come back.
/// Whoever waits at a prompt for a server that is gone must not wait longer.
/// </summary>
internal sealed class RetryHandler(CaBundle? caBundle) : DelegatingHandler
{
    private const int MostUnasked = 5;
    private const int MostAsked = 10;
    private const double Jitter = 0.1;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(500);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The retry library is loaded only when something has gone wrong.
        Task<HttpResponseMessage> first;
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!RetryRules.IsWorthwhile(request, response))
            {
                return response;
            }

            first = Task.FromResult(response);
        }
        catch (HttpRequestException failure) when (RetryRules.IsWorthwhile(request, failure, caBundle))
        {
            first = Task.FromException<HttpResponseMessage>(failure);
        }

        return await RetryAsync(request, first, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> RetryAsync(HttpRequestMessage request, Task<HttpResponseMessage> first, CancellationToken stop)
    {
        var scope = CallScope.Current;
        var waiting = new RetryNotices(request, scope.Call);
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.AttemptNumber < (WaitAskedFor(attempt.Outcome) is null ? MostUnasked : MostAsked)
                    && IsWorthwhile(request, attempt.Outcome)
                    && Wait(attempt.AttemptNumber, attempt.Outcome, Jitter) < scope.Remaining),
                DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(
                    Wait(attempt.AttemptNumber, attempt.Outcome, Jitter * Random.Shared.NextDouble())),
                OnRetry = attempt => waiting.Announce(attempt),
            })
            .Build();
        var next = first;
        try
        {
            return await pipeline.ExecuteAsync(
                async token =>
                {
                    var current = next ?? base.SendAsync(request, token);
                    next = null;
                    return await current.ConfigureAwait(false);
                },
                stop).ConfigureAwait(false);
        }
        finally
        {
            waiting.End();
        }
    }

    private bool IsWorthwhile(HttpRequestMessage request, Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Result: { } response } => RetryRules.IsWorthwhile(request, response),
        { Exception: HttpRequestException failure } => RetryRules.IsWorthwhile(request, failure, caBundle),
        _ => false,
    };

    private static TimeSpan Wait(int attempt, Outcome<HttpResponseMessage> outcome, double jitter)
    {
        var wait = WaitAskedFor(outcome) ?? TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(attempt, 8)));
        return wait * (1 + jitter);
    }

    private static TimeSpan? WaitAskedFor(Outcome<HttpResponseMessage> outcome) => RetryAfter.Of(outcome.Result?.Headers.RetryAfter);
}
