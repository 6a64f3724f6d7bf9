using System.Net.Sockets;
using System.Security.Authentication;
using KubeSa.Api;
using KubeSa.Client.Http;

namespace KubeSa.Client;

/// <summary>What kept a request from reaching the server, or the answer from reaching us.</summary>
internal static class NetworkFailures
{
    internal static KubeApiException From(HttpRequestException failure, Access access)
    {
        var causes = Causes(failure).ToList();
        if (causes.OfType<KubeApiException>().FirstOrDefault() is { } ours)
        {
            return ours;
        }

        if (causes.OfType<ServerCertificateException>().FirstOrDefault() is { } certificate)
        {
            return Make(certificate.Kind, certificate.Message, access);
        }

        // The platform's own exception for an alert that comes behind the handshake, as in TLS 1.3, is not public.
        var inTls = causes.Exists(cause => cause is AuthenticationException || cause.GetType().Name == "SslException");
        if (inTls && ClientCertificates.Untimely(access) is { } untimely)
        {
            return Make(
                FailureKind.Unauthorized,
                $"{access.Server} ends the TLS connection. {untimely} Renew it (kubeadm certs renew, or log in again), or take other credentials.",
                access);
        }

        if (inTls)
        {
            return Make(
                FailureKind.ProtocolError,
                $"No TLS connection to {access.Server} comes about. What listens there may not speak TLS (then the URL begins with http://), or it refuses our client certificate.",
                access);
        }

        if (failure.HttpRequestError == HttpRequestError.ProxyTunnelError)
        {
            return Make(
                FailureKind.ConnectionRefused,
                $"The proxy refuses to let us through to {access.Server}. See proxy-url in the kubeconfig, -ProxyUrl, HTTPS_PROXY and NO_PROXY.",
                access);
        }

        var socket = causes.OfType<SocketException>().FirstOrDefault();
        return socket is null ? FromHttp(failure, access) : FromSocket(socket.SocketErrorCode, access);
    }

    private static KubeApiException FromSocket(SocketError error, Access access) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery or SocketError.ConnectionRefused or SocketError.TimedOut
            when Proxies.Of(access) is { } proxy => Make(
                error is SocketError.ConnectionRefused ? FailureKind.ConnectionRefused : error is SocketError.TimedOut ? FailureKind.TimedOut : FailureKind.HostNotFound,
                $"The proxy {proxy}, through which the way to {access.Server} leads, cannot be reached ({error}). See proxy-url in the kubeconfig, -ProxyUrl, HTTPS_PROXY and NO_PROXY.",
                access),
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => Make(
            FailureKind.HostNotFound,
            $"The host name of {access.Server} does not resolve. See whether it is spelt right and whether this machine's DNS knows it.",
            access),
        SocketError.ConnectionRefused => Make(
            FailureKind.ConnectionRefused,
            $"Nothing listens at {access.Server}. See whether the API server is up and whether the port is right.",
            access),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown => Make(
            FailureKind.ConnectionRefused,
            $"There is no way from here to {access.Server}. See whether a VPN is needed, and whether a firewall or network policy stands in between.",
            access),
        SocketError.TimedOut => Make(
            FailureKind.TimedOut,
            $"{access.Server} does not answer. See whether it is up and reachable from here.",
            access),
        _ => Make(
            FailureKind.ConnectionReset,
            $"The connection to {access.Server} broke ({error}). See whether the API server is restarting or a firewall cuts in; trying again may help.",
            access),
    };

    private static KubeApiException FromHttp(HttpRequestException failure, Access access) => failure.HttpRequestError switch
    {
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError
            when !BrokenStreams.IsOne(failure) => Make(
            FailureKind.ProtocolError,
            $"What listens at {access.Server} does not answer in proper HTTP. See whether the URL and its port are right.",
            access),
        _ => Make(
            FailureKind.ConnectionReset,
            $"The connection to {access.Server} was closed before the answer was complete. See whether the API server is restarting or overloaded; trying again may help.",
            access),
    };

    /// <summary>A server that refuses our certificate may hang up without a word, so its dates are told where it does.</summary>
    private static KubeApiException Make(FailureKind kind, string message, Access access) => new(
        kind,
        kind == FailureKind.ConnectionReset && ClientCertificates.Untimely(access) is { } untimely ? $"{message} {untimely}" : message,
        access.Server.AbsoluteUri);

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            yield return failure;
        }
    }
}
