using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Secrecy;

namespace KubeSa.Client.Http;

/// <summary>
/// Tells those who asked for it of each request that went out, repeated ones too: method, address, status and time, and as
/// whom. No header and no body is looked at, for there are the credentials.
/// </summary>
internal sealed partial class RequestNotices(ClusterConfig config) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var scope = CallScope.Current;
        return scope.Call.ShowsRequests ? SendAndTellAsync(request, scope, cancellationToken) : base.SendAsync(request, cancellationToken);
    }

    /// <summary>What is told of one request.</summary>
    /// <param name="call">Whom to tell.</param>
    /// <param name="request">The method and the address.</param>
    /// <param name="outcome">The status, or what happened instead of one.</param>
    /// <param name="elapsed">How long it took, with the reading of the answer.</param>
    /// <param name="actingAs">The user that was impersonated; null for nobody.</param>
    internal static void Tell(CallContext call, (string Method, Uri Address) request, string outcome, TimeSpan elapsed, string? actingAs)
    {
        // A list's place is a text of the server's own, hundreds of characters long.
        var address = PastedCredential.HideInPath(Place().Replace(request.Address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped), "continue=..."));
        var impersonation = actingAs is null ? string.Empty : $", acting as '{actingAs}'";
        call.Notify(new VerboseNotice(string.Create(
            CultureInfo.InvariantCulture, $"{request.Method} {address}: {outcome} in {elapsed.TotalMilliseconds:0} ms{impersonation}.")));
    }

    private async Task<HttpResponseMessage> SendAndTellAsync(HttpRequestMessage request, CallScope scope, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        var outcome = "no answer";
        try
        {
            var response = await base.SendAsync(request, stop).ConfigureAwait(false);
            outcome = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.StatusCode}");
            return response;
        }
        finally
        {
            Tell(scope.Call, (request.Method.Method, request.RequestUri!), outcome, Stopwatch.GetElapsedTime(since), (scope.Impersonation ?? config.Impersonation)?.User);
        }
    }

    [GeneratedRegex("(?<=[?&])continue=[^&]*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Place();
}
