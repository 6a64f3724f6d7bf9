namespace KubeSa.Diagnosis.Checks;

/// <summary>KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are set and well formed.</summary>
internal static class EnvironmentCheck
{
    private const string Remedy =
        "In a pod the kubelet sets both variables: take KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT out of env and envFrom of the pod's "
        + "spec. Outside a pod, set them to the host and port of the API server.";

    private static readonly string[] UrlSchemes = ["tcp", "udp", Uri.UriSchemeHttps, Uri.UriSchemeHttp];

    internal static Finding Judge(AccessEvidence evidence)
    {
        var environment = evidence.Environment;
        if (environment.Source == EndpointSource.Question)
        {
            return environment.ApiServer is null
                ? Finding.Fail(AccessCause.EnvironmentInvalid, $"The address '{environment.ServiceHost}' is no https URL.", "Give the API server as https://host:port.")
                : ProxyAdvice.For(environment, $"The API server was given as {environment.ApiServer}.");
        }

        if (environment.Source == EndpointSource.None && !MountCheck.HasAny(evidence))
        {
            return Finding.Fail(
                AccessCause.NotInCluster,
                $"This is no pod: KUBERNETES_SERVICE_HOST is not set, and there is no service account in '{evidence.Mount.Path}'.",
                "Run the check in a pod, or give -MountPath the folder of a service account.");
        }

        var endpoint = ServiceEndpoint.From(environment.ServiceHost, environment.ServicePort);
        var origin = environment.Source == EndpointSource.MountFile ? " (from kubernetes.env in the mount; the process has no such variables)" : string.Empty;
        return endpoint.Url is null
            ? Finding.Fail(AccessCause.EnvironmentInvalid, $"{endpoint.Problem}{origin}.", $"{Meant(environment)}{Remedy}")
            : ProxyAdvice.For(environment, $"KUBERNETES_SERVICE_HOST is {environment.ServiceHost}, KUBERNETES_SERVICE_PORT is {environment.ServicePort}{origin}.");
    }

    // KUBERNETES_PORT, which stands beside them, is such a URL, and is what people copy.
    private static string Meant(EnvironmentEvidence environment)
    {
        var url = new[] { environment.ServiceHost, environment.ServicePort }
            .Select(value => Uri.TryCreate(value, UriKind.Absolute, out var uri) && UrlSchemes.Contains(uri.Scheme) && uri.Port > 0 ? uri : null)
            .FirstOrDefault(uri => uri is not null);
        return url is null ? string.Empty : $"Set {ServiceEndpoint.HostVariable}={url.IdnHost} and {ServiceEndpoint.PortVariable}={url.Port}. ";
    }
}
