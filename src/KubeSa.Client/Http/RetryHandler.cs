using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KubeSa.Api;
using Polly;
using Polly.Retry;

namespace KubeSa.Client.Http;

/// <summary>
/// Tries reads again when the server is busy, away or not up yet, as long as the call's time allows. Only what
/// changes nothing is repeated: nobody knows whether a broken-off change was made.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    private const int MostRetries = 3;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(150);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!IsRead(request))
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        // The retry library is loaded only when something has gone wrong.
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException failure) when (IsTransient(failure))
        {
            return await RetryAsync(request, Task.FromException<HttpResponseMessage>(failure), cancellationToken).ConfigureAwait(false);
        }

        return IsTransient(response)
            ? await RetryAsync(request, Task.FromResult(response), cancellationToken).ConfigureAwait(false)
            : response;
    }

    private async Task<HttpResponseMessage> RetryAsync(HttpRequestMessage request, Task<HttpResponseMessage> first, CancellationToken stop)
    {
        var scope = CallScope.Current;
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = MostRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstDelay,
                ShouldHandle = attempt => ValueTask.FromResult(IsWorthwhile(attempt.Outcome, scope.Remaining)),
                DelayGenerator = attempt => ValueTask.FromResult(WaitAskedFor(attempt.Outcome.Result)),
                OnRetry = attempt => Announce(attempt, request, scope.Call),
            })
            .Build();
        var next = first;
        return await pipeline.ExecuteAsync(
            async token =>
            {
                var current = next ?? base.SendAsync(request, token);
                next = null;
                return await current.ConfigureAwait(false);
            },
            stop).ConfigureAwait(false);
    }

    /// <summary>Whether repeating the request changes nothing: a read, or a question that is asked by POST.</summary>
    private static bool IsRead(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get
        || (request.Method == HttpMethod.Post
            && (request.RequestUri!.AbsolutePath.EndsWith("/selfsubjectreviews", StringComparison.Ordinal)
                || request.RequestUri.AbsolutePath.EndsWith("/tokenreviews", StringComparison.Ordinal)));

    private static bool IsWorthwhile(Outcome<HttpResponseMessage> outcome, TimeSpan left) =>
        outcome.Result is { } response
            ? IsTransient(response) && (WaitAskedFor(response) ?? FirstDelay) < left
            : outcome.Exception is HttpRequestException failure && IsTransient(failure) && FirstDelay < left;

    private static bool IsTransient(HttpResponseMessage response) => response.StatusCode
        is HttpStatusCode.TooManyRequests
        or HttpStatusCode.InternalServerError
        or HttpStatusCode.ServiceUnavailable
        or HttpStatusCode.GatewayTimeout;

    /// <summary>Whether it was the network's fault; a wrong certificate stays wrong, and so does an unknown host.</summary>
    private static bool IsTransient(HttpRequestException failure) =>
        failure.HttpRequestError switch
        {
            HttpRequestError.ConnectionError => !IsHopeless(failure.InnerException as SocketException),
            HttpRequestError.ResponseEnded => true,
            HttpRequestError.NameResolutionError => failure.InnerException is SocketException { SocketErrorCode: SocketError.TryAgain },
            HttpRequestError.Unknown => failure.InnerException is IOException,
            _ => false,
        };

    private static bool IsHopeless(SocketException? failure) =>
        failure?.SocketErrorCode is SocketError.TimedOut or SocketError.AccessDenied;

    private static TimeSpan? WaitAskedFor(HttpResponseMessage? response) => RetryAfter.Of(response?.Headers.RetryAfter);

    private static ValueTask Announce(OnRetryArguments<HttpResponseMessage> attempt, HttpRequestMessage request, CallContext call)
    {
        var why = attempt.Outcome.Result is { } response
            ? string.Create(CultureInfo.InvariantCulture, $"the server answered {(int)response.StatusCode}")
            : "the connection failed";
        attempt.Outcome.Result?.Dispose();
        call.Notify(new VerboseNotice(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Method} {request.RequestUri!.AbsolutePath}: {why}; trying again in {attempt.RetryDelay.TotalSeconds:0.##} s ({attempt.AttemptNumber + 1} of {MostRetries}).")));
        return ValueTask.CompletedTask;
    }
}
