using System.Net.Sockets;
using System.Security.Authentication;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Http;

namespace KubeSa.Client.Errors;

/// <summary>What kept a request from reaching the server, or the answer from reaching us.</summary>
internal static class NetworkErrorMapper
{
    internal static KubeApiException From(HttpRequestException failure, ClusterConfig config)
    {
        var causes = Causes(failure).ToList();
        if (causes.OfType<KubeApiException>().FirstOrDefault() is { } ours)
        {
            return ours;
        }

        if (causes.OfType<ServerCertificateException>().FirstOrDefault() is { } certificate)
        {
            return Make(certificate.Kind, certificate.Message, config);
        }

        // The platform's own exception for an alert that comes behind the handshake, as in TLS 1.3, is not public.
        var inTls = causes.Exists(cause => cause is AuthenticationException || cause.GetType().Name == "SslException");
        if (inTls && ClientCertificates.Untimely(config) is { } untimely)
        {
            return Make(
                FailureKind.Unauthorized,
                $"{config.Server} ends the TLS connection. {untimely} Renew it (kubeadm certs renew, or log in again), or take other credentials.",
                config);
        }

        if (inTls)
        {
            return Make(
                FailureKind.ProtocolError,
                $"No TLS connection to {config.Server} comes about. What listens there may not speak TLS (then the URL begins with http://), or it refuses our client certificate.",
                config);
        }

        if (failure.HttpRequestError == HttpRequestError.ProxyTunnelError)
        {
            return Make(
                FailureKind.ConnectionRefused,
                $"The proxy refuses to let us through to {config.Server}. See proxy-url in the kubeconfig, -ProxyUrl, HTTPS_PROXY and NO_PROXY.",
                config);
        }

        var socket = causes.OfType<SocketException>().FirstOrDefault();
        return socket is null ? FromHttp(failure, config) : FromSocket(socket.SocketErrorCode, config);
    }

    private static KubeApiException FromSocket(SocketError error, ClusterConfig config) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery or SocketError.ConnectionRefused or SocketError.TimedOut
            when ProxySelector.Of(config) is { } proxy => Make(
                error is SocketError.ConnectionRefused ? FailureKind.ConnectionRefused : error is SocketError.TimedOut ? FailureKind.TimedOut : FailureKind.HostNotFound,
                $"The proxy {proxy}, through which the way to {config.Server} leads, cannot be reached ({error}). See proxy-url in the kubeconfig, -ProxyUrl, HTTPS_PROXY and NO_PROXY.",
                config),
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => Make(
            FailureKind.HostNotFound,
            $"The host name of {config.Server} does not resolve. See whether it is spelt right and whether this machine's DNS knows it.",
            config),
        SocketError.ConnectionRefused => Make(
            FailureKind.ConnectionRefused,
            $"Nothing listens at {config.Server}. See whether the API server is up and whether the port is right.",
            config),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown => Make(
            FailureKind.ConnectionRefused,
            $"There is no way from here to {config.Server}. See whether a VPN is needed, and whether a firewall or network policy stands in between.",
            config),
        SocketError.TimedOut => Make(
            FailureKind.TimedOut,
            $"{config.Server} does not answer. See whether it is up and reachable from here.",
            config),
        _ => Make(
            FailureKind.ConnectionReset,
            $"The connection to {config.Server} broke ({error}). See whether the API server is restarting or a firewall cuts in; trying again may help.",
            config),
    };

    private static KubeApiException FromHttp(HttpRequestException failure, ClusterConfig config) => failure.HttpRequestError switch
    {
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError
            when !Http2StreamErrors.IsOne(failure) => Make(
            FailureKind.ProtocolError,
            $"What listens at {config.Server} does not answer in proper HTTP. See whether the URL and its port are right.",
            config),
        _ => Make(
            FailureKind.ConnectionReset,
            $"The connection to {config.Server} was closed before the answer was complete. See whether the API server is restarting or overloaded; trying again may help.",
            config),
    };

    /// <summary>A server that refuses our certificate may hang up without a word, so its dates are told where it does.</summary>
    private static KubeApiException Make(FailureKind kind, string message, ClusterConfig config) => new(
        kind,
        kind == FailureKind.ConnectionReset && ClientCertificates.Untimely(config) is { } untimely ? $"{message} {untimely}" : message,
        config.Server.AbsoluteUri);

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            yield return failure;
        }
    }
}
