using System.Globalization;
using System.Text.Json;
using k8s.Autorest;
using KubeSa.Api;
using KubeSa.Client.Config;

namespace KubeSa.Client.Errors;

/// <summary>
/// Turns whatever a call throws into a failure in our own words. The original goes no further: it holds the request's
/// headers, and with them the bearer token.
/// </summary>
internal sealed class ErrorMapper(ClusterConfig config)
{
    internal KubeApiException From(Exception failure, ApiOperation operation) => failure switch
    {
        KubeApiException ours => ours,
        HttpOperationException answer => StatusErrorMapper.From(ApiStatus.From(answer), operation, config),
        ApiStatusException refused => StatusErrorMapper.From(refused.Status, operation, config),
        HttpRequestException network => NetworkErrorMapper.From(network, config),
        OperationCanceledException => TimedOut(operation),
        JsonException or FormatException or NotSupportedException or InvalidDataException => Unreadable(),
        _ => KubeApiException.Unexpected(failure, $"The call to {config.Server}", operation.Target ?? config.Server.AbsoluteUri),
    };

    private KubeApiException TimedOut(ApiOperation operation) =>
        new(FailureKind.TimedOut,
            string.Create(CultureInfo.InvariantCulture, $"{config.Server} did not finish answering within {config.Timeout.TotalSeconds:0.#} s. See whether it is up and reachable from here, or allow more time with Connect-KubeCluster -TimeoutSeconds."),
            operation.Target ?? config.Server.AbsoluteUri);

    private KubeApiException Unreadable() =>
        new(FailureKind.ProtocolError,
            $"{config.Server} answers, but not as a Kubernetes API server would. See whether the URL is right and whether a proxy or a login page stands in between.",
            config.Server.AbsoluteUri);
}
