using System.Globalization;
using System.Text.Json;
using k8s.Autorest;
using KubeSa.Api;

namespace KubeSa.Client;

/// <summary>
/// Turns whatever a call throws into a failure in our own words. The original goes no further: it holds the request's
/// headers, and with them the bearer token.
/// </summary>
internal sealed class Failures(Access access)
{
    internal KubeApiException From(Exception failure, Ask ask) => failure switch
    {
        KubeApiException ours => ours,
        HttpOperationException answer => Refusals.From(Answer.From(answer), ask, access),
        RefusedException refused => Refusals.From(refused.Answer, ask, access),
        HttpRequestException network => NetworkFailures.From(network, access),
        OperationCanceledException => TimedOut(ask),
        JsonException or FormatException or NotSupportedException or InvalidDataException => Unreadable(),
        _ => KubeApiException.Unexpected(failure, $"The call to {access.Server}", ask.Target ?? access.Server.AbsoluteUri),
    };

    private KubeApiException TimedOut(Ask ask) =>
        new(FailureKind.TimedOut,
            string.Create(CultureInfo.InvariantCulture, $"{access.Server} did not finish answering within {access.Timeout.TotalSeconds:0.#} s. See whether it is up and reachable from here, or allow more time with Connect-KubeCluster -TimeoutSeconds."),
            ask.Target ?? access.Server.AbsoluteUri);

    private KubeApiException Unreadable() =>
        new(FailureKind.ProtocolError,
            $"{access.Server} answers, but not as a Kubernetes API server would. See whether the URL is right and whether a proxy or a login page stands in between.",
            access.Server.AbsoluteUri);
}
