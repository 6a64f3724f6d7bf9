using System.Globalization;
using KubeSa.Api;
using KubeSa.Secrecy;
using Polly.Retry;

namespace KubeSa.Client.Http;

/// <summary>Tells of the retries of one request: each to those who asked for it, and a wait that can be felt to all who look.</summary>
internal sealed class RetryNotices(HttpRequestMessage request, CallContext call)
{
    private const int Few = 3;
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(1);
    private bool _isShown;

    private string Activity => $"Waiting for {request.RequestUri!.Authority}";

    internal ValueTask Announce(OnRetryArguments<HttpResponseMessage> attempt)
    {
        var why = attempt.Outcome.Result is { } response
            ? string.Create(CultureInfo.InvariantCulture, $"the server answered {(int)response.StatusCode}")
            : "the connection failed";
        attempt.Outcome.Result?.Dispose();
        var wait = string.Create(CultureInfo.InvariantCulture, $"{why}; trying again in {attempt.RetryDelay.TotalSeconds:0.##} s");
        call.Notify(new VerboseNotice(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Method} {PastedCredential.HideInPath(request.RequestUri!.AbsolutePath)}: {wait} (retry {attempt.AttemptNumber + 1}).")));
        if (attempt.RetryDelay >= Noticeable || attempt.AttemptNumber >= Few)
        {
            _isShown = true;
            call.Notify(new ProgressNotice(Activity, $"{char.ToUpperInvariant(wait[0])}{wait[1..]}.", -1));
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Takes away what is shown, however the waiting ended.</summary>
    internal void End()
    {
        if (_isShown)
        {
            call.Notify(new ProgressNotice(Activity, "Done.", 100, Completed: true));
        }
    }
}
