using System.Net.Sockets;
using System.Security.Authentication;
using KubeSa.Api;

namespace KubeSa.Client.Errors;

/// <summary>What kept a request from reaching the server, or the answer from reaching us.</summary>
internal static class NetworkErrorMapper
{
    internal static KubeApiException From(HttpRequestException failure, ConnectionFacts connection)
    {
        var causes = Causes(failure).ToList();
        if (causes.OfType<KubeApiException>().FirstOrDefault() is { } ours)
        {
            return ours;
        }

        if (causes.OfType<ServerCertificateException>().FirstOrDefault() is { } certificate)
        {
            return Make(certificate.Kind, certificate.Message, connection);
        }

        // The platform's own exception for an alert that comes behind the handshake, as in TLS 1.3, is not public.
        var inTls = causes.Exists(cause => cause is AuthenticationException || cause.GetType().Name == "SslException");
        if (inTls && connection.CertificateDates() is { } untimely)
        {
            return Make(
                FailureKind.Unauthorized,
                $"{connection.Server} ends the TLS connection. {untimely} Renew it (kubeadm certs renew, or log in again), or take other credentials.",
                connection);
        }

        if (inTls)
        {
            return Make(
                FailureKind.ProtocolError,
                $"The TLS connection to {connection.Server} cannot be established. What listens there may not speak TLS (then the URL begins with http://), or it refuses our client certificate.",
                connection);
        }

        if (failure.HttpRequestError == HttpRequestError.ProxyTunnelError)
        {
            return Make(
                FailureKind.ConnectionRefused,
                $"The proxy refuses to let us through to {connection.Server}. See proxy-url in the kubeconfig, -ProxyUrl, HTTPS_PROXY and NO_PROXY.",
                connection);
        }

        var socket = causes.OfType<SocketException>().FirstOrDefault();
        return socket is null ? FromHttp(failure, connection) : FromSocket(socket.SocketErrorCode, connection);
    }

    private static KubeApiException FromSocket(SocketError error, ConnectionFacts connection) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery or SocketError.ConnectionRefused or SocketError.TimedOut
            when connection.Proxy() is { } proxy => Make(
                error is SocketError.ConnectionRefused ? FailureKind.ConnectionRefused : error is SocketError.TimedOut ? FailureKind.TimedOut : FailureKind.HostNotFound,
                $"The proxy {proxy}, through which the way to {connection.Server} leads, cannot be reached ({error}). See proxy-url in the kubeconfig, -ProxyUrl, HTTPS_PROXY and NO_PROXY.",
                connection),
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => Make(
            FailureKind.HostNotFound,
            $"The host name of {connection.Server} does not resolve. See whether it is spelt right and whether this machine's DNS knows it.",
            connection),
        SocketError.ConnectionRefused => Make(
            FailureKind.ConnectionRefused,
            $"Nothing listens at {connection.Server}. See whether the API server is up and whether the port is right.",
            connection),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown => Make(
            FailureKind.ConnectionRefused,
            $"There is no way from here to {connection.Server}. See whether a VPN is needed, and whether a firewall or network policy stands in between.",
            connection),
        SocketError.TimedOut => Make(
            FailureKind.TimedOut,
            $"{connection.Server} does not answer. See whether it is up and reachable from here.",
            connection),
        _ => Make(
            FailureKind.ConnectionReset,
            $"The connection to {connection.Server} broke ({error}). See whether the API server is restarting or a firewall cuts in; trying again may help.",
            connection),
    };

    private static KubeApiException FromHttp(HttpRequestException failure, ConnectionFacts connection) => failure.HttpRequestError switch
    {
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError
            when !Http2StreamErrors.IsOne(failure) => Make(
            FailureKind.ProtocolError,
            $"What listens at {connection.Server} does not answer in proper HTTP. See whether the URL and its port are right.",
            connection),
        _ => Make(
            FailureKind.ConnectionReset,
            $"The connection to {connection.Server} was closed before the answer was complete. See whether the API server is restarting or overloaded; trying again may help.",
            connection),
    };

    /// <summary>A server that refuses our certificate may hang up without a word, so its dates are told where it does.</summary>
    private static KubeApiException Make(FailureKind kind, string message, ConnectionFacts connection) => new(
        kind,
        kind == FailureKind.ConnectionReset && connection.CertificateDates() is { } untimely ? $"{message} {untimely}" : message,
        connection.Server.AbsoluteUri);

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            yield return failure;
        }
    }
}
