namespace KubeSa.Api;

/// <summary>
/// The port to a cluster: everything a cmdlet may ask an API server. All methods fail with KubeApiException alone,
/// and with OperationCanceledException where their CallContext was stopped.
/// </summary>
public interface IKubeApi
    : IServiceAccountApi, ITokenApi, ISecretApi, IWorkloadApi, IUsageApi, IServerApi, INamespaceApi, IAccessApi, IDiscoveryApi, IRbacApi, IKubeConfigApi, IProbeApi, IResourceApi,
    IDisposable
{
    /// <summary>What may be told of the connection.</summary>
    ConnectionInfo Info { get; }
}
