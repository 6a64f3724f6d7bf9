using System.Net.Sockets;
using System.Security.Authentication;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>How a failed step on the network is to be called.</summary>
internal static class StepOutcomes
{
    /// <summary>The outcome that an exception stands for, and the system's name for it.</summary>
    internal static (StepOutcome Outcome, string Error) From(Exception failure)
    {
        // First: what was cancelled holds the socket's own word for it, which sounds like a fault of the other side.
        if (failure is OperationCanceledException)
        {
            return (StepOutcome.TimedOut, "TimedOut");
        }

        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                return (From(socket.SocketErrorCode), socket.SocketErrorCode.ToString());
            }
        }

        return failure switch
        {
            HttpRequestException http => (From(http.HttpRequestError), http.HttpRequestError.ToString()),
            AuthenticationException => (StepOutcome.Failed, nameof(AuthenticationException)),
            IOException => (StepOutcome.Reset, "ConnectionClosed"),
            _ => (StepOutcome.Failed, failure.GetType().Name),
        };
    }

    private static StepOutcome From(SocketError error) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => StepOutcome.HostNotFound,
        SocketError.ConnectionRefused => StepOutcome.Refused,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown => StepOutcome.Unreachable,
        SocketError.TimedOut => StepOutcome.TimedOut,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => StepOutcome.Reset,
        _ => StepOutcome.Failed,
    };

    private static StepOutcome From(HttpRequestError error) => error switch
    {
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.ConfigurationLimitExceeded => StepOutcome.Malformed,
        _ => StepOutcome.Reset,
    };
}
