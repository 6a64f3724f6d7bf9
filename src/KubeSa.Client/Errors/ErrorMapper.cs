using System.Globalization;
using System.Text.Json;
using k8s.Autorest;
using KubeSa.Api;

namespace KubeSa.Client.Errors;

/// <summary>
/// Turns whatever a call throws into a failure in our own words. The original goes no further: it holds the request's
/// headers, and with them the bearer token.
/// </summary>
internal sealed class ErrorMapper(ConnectionFacts connection)
{
    internal KubeApiException From(Exception failure, ApiOperation operation) => failure switch
    {
        KubeApiException ours => ours,
        HttpOperationException answer => StatusErrorMapper.From(ApiStatus.From(answer), operation, connection),
        ApiStatusException refused => StatusErrorMapper.From(refused.Status, operation, connection),
        HttpRequestException network => NetworkErrorMapper.From(network, connection),
        OperationCanceledException => TimedOut(operation),
        JsonException or FormatException or NotSupportedException or InvalidDataException => Unreadable(),
        _ => KubeApiException.Unexpected(failure, $"The call to {connection.Server}", operation.Target ?? connection.Server.AbsoluteUri),
    };

    private KubeApiException TimedOut(ApiOperation operation) =>
        new(FailureKind.TimedOut,
            string.Create(CultureInfo.InvariantCulture, $"{connection.Server} did not finish answering within {connection.Timeout.TotalSeconds:0.#} s. See whether it is up and reachable from here, or allow more time with Connect-KubeCluster -TimeoutSeconds."),
            operation.Target ?? connection.Server.AbsoluteUri);

    private KubeApiException Unreadable() =>
        new(FailureKind.ProtocolError,
            $"{connection.Server} answers, but not as a Kubernetes API server would. See whether the URL is right and whether a proxy or a login page stands in between.",
            connection.Server.AbsoluteUri);
}
