using KubeSa.Api;

namespace KubeSa.Client.Config.InCluster;

/// <summary>What a pod's mount comes down to, with a failure of its own for each piece that is missing.</summary>
internal static class MountConfigLoader
{
    internal static ClusterConfig From(ConnectionOptions options, PodEnvironment environment)
    {
        var identity = PodIdentityReader.Read(options.MountPath, environment);
        var folder = identity.MountPath;
        var found = environment.FindApiServer(folder);
        var endpoint = ServiceEndpoint.From(found.ServiceHost, found.ServicePort);
        var server = endpoint.Url ?? throw Missing(
            $"The pod's environment does not say where the API server is: {endpoint.Problem}. The kubelet sets {ServiceEndpoint.HostVariable} and {ServiceEndpoint.PortVariable}; outside a pod, set them or give -Server",
            folder);
        var tokenFile = Path.Combine(folder, PodMount.TokenFile);
        if (MountFile.Read(tokenFile) is not { Text: { } token } || token.Trim().Length == 0)
        {
            throw Missing($"The token file '{tokenFile}' is missing, empty or unreadable. See automountServiceAccountToken of the pod and its account, and as which user the process runs", tokenFile);
        }

        var authorities = Path.Combine(folder, PodMount.CaFile);
        return new ClusterConfig
        {
            Server = server,
            Info = new ConnectionInfo(
                server.GetLeftPart(UriPartial.Authority),
                ConnectionSource.Pod,
                Context: null,
                options.Namespace ?? identity.Namespace ?? "default",
                options.As ?? identity.UserName,
                authorities),
            CaBundle = CaBundle.FromFile(authorities, FailureKind.ConnectionNotConfigured),
            Credential = new TokenFileCredential(tokenFile),
            Impersonation = ImpersonationHeaders.From(options),
            Timeout = options.Timeout,
        };
    }

    private static KubeApiException Missing(string why, string target) => new(FailureKind.ConnectionNotConfigured, why + ".", target);
}
