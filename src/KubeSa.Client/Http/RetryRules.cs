using System.Net;
using System.Net.Sockets;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Errors;

namespace KubeSa.Client.Http;

/// <summary>Which requests may be sent again, and after what.</summary>
internal static class RetryRules
{
    // The API server's filters turn a request away with it before anybody looks at what is asked.
    private const HttpStatusCode TurnedAway = HttpStatusCode.TooManyRequests;

    /// <summary>
    /// Whether repeating the request changes nothing: a read, or a question that is asked by POST. A token that nobody
    /// got to see is no change either: it is stored nowhere and expires.
    /// </summary>
    internal static bool IsRepeatable(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get
        || (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath is var path
            && (path.EndsWith("reviews", StringComparison.Ordinal) || path.EndsWith("/token", StringComparison.Ordinal)));

    /// <summary>Whether another try may end better and can do no harm. A change is repeated only where it was certainly not made.</summary>
    internal static bool IsWorthwhile(HttpRequestMessage request, HttpResponseMessage response) =>
        IsRepeatable(request) ? IsTransient(response.StatusCode) : response.StatusCode == TurnedAway;

    /// <inheritdoc cref="IsWorthwhile(HttpRequestMessage, HttpResponseMessage)"/>
    internal static bool IsWorthwhile(HttpRequestMessage request, HttpRequestException failure, CaBundle? caBundle) =>
        NeverArrived(failure, caBundle) || (IsRepeatable(request) && BrokeOff(failure));

    private static bool IsTransient(HttpStatusCode code) =>
        code is TurnedAway or HttpStatusCode.InternalServerError or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>
    /// Whether no connection came about. An unknown host stays unknown, and a wrong certificate wrong, unless the
    /// authorities are being changed under us: then the server and the file may not have met at the same one.
    /// </summary>
    private static bool NeverArrived(HttpRequestException failure, CaBundle? caBundle) => failure.HttpRequestError switch
    {
        HttpRequestError.ConnectionError => failure.InnerException is not (KubeApiException or SocketException
        {
            SocketErrorCode: SocketError.TimedOut or SocketError.AccessDenied,
        }),
        HttpRequestError.NameResolutionError => failure.InnerException is SocketException { SocketErrorCode: SocketError.TryAgain },
        HttpRequestError.SecureConnectionError => caBundle?.AreOthersThanAtFirst() == true,
        _ => Http2StreamErrors.IsUntouched(failure),
    };

    private static bool BrokeOff(HttpRequestException failure) =>
        failure.HttpRequestError is HttpRequestError.ResponseEnded
        || (failure.HttpRequestError is HttpRequestError.Unknown && failure.InnerException is IOException)
        || Http2StreamErrors.IsOne(failure);
}
