using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>What every object that came from a cluster has in common: it remembers where it came from.</summary>
public abstract class KubeObject
{
    /// <summary>
    /// The cluster the object came from, as people know it: the context of the kubeconfig, else the URL of the server; null
    /// for an object that came from none, such as a Secret read from a file.
    /// </summary>
    public string? Cluster { get; private set; }

    /// <summary>
    /// The URL of the server the object came from. Unlike the connection it is kept by jobs, files and text, so that an object
    /// that went through them is not taken to another cluster.
    /// </summary>
    public string? ClusterServer { get; private set; }

    /// <summary>
    /// The connection the object was read through. Internal, so that it is in no table, JSON or CSV; the module's
    /// type file shows it to the pipeline as the hidden property <c>Connection</c>.
    /// </summary>
    internal object? Origin { get; private set; }

    /// <summary>What the object holds that can go down the pipeline by itself.</summary>
    private protected virtual IEnumerable<KubeObject?> Parts => [];

    /// <summary>Lets the object, and all it holds, remember the connection it came from.</summary>
    internal void CameFrom(object? connection, string cluster, string? server)
    {
        (Origin, Cluster, ClusterServer) = (connection, ControlCharacters.ShowOnOneLine(cluster), server);
        foreach (var part in Parts)
        {
            part?.CameFrom(connection, cluster, server);
        }
    }
}
