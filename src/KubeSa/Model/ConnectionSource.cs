namespace KubeSa;

/// <summary>Where a connection's server and credentials came from.</summary>
public enum ConnectionSource : long
{
    /// <summary>A kubeconfig file.</summary>
    KubeConfig,

    /// <summary>The service account mounted into the pod.</summary>
    Pod,

    /// <summary>Parameters of Connect-KubeCluster.</summary>
    Explicit,
}
