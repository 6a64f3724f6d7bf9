using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Connections;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that calls an API server: has the connection parameters and hands out the port to the cluster.</summary>
public abstract class KubeApiCmdlet : KubeCmdlet
{
    private protected KubeApiCmdlet() => PreparedConnection.Expect();

    /// <summary>
    /// The connection to use, from Get-KubeConnection or Connect-KubeCluster -PassThru. A piped object brings the one it
    /// came from. Without it the runspace's current connection is used, else the kubeconfig, else the pod's mount.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public Connection? Connection { get; set; }

    /// <summary>The context of the kubeconfig to use instead of the current connection.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    /// <summary>
    /// The kubeconfig file to use instead of the current connection and of $KUBECONFIG or ~/.kube/config; its current
    /// context unless -Context names another.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KubeConfig { get; set; }

    /// <summary>
    /// The connection for the input at hand: -Connection, else -Context and -KubeConfig, else the runspace's current
    /// one, else what the environment offers.
    /// </summary>
    private protected Connection Cluster => Connection ?? FromParameters() ?? RunspaceConnections.Here.Current
        ?? RunspaceConnections.Here.GetOrOpen(new ConnectionOptions());

    /// <summary>Lets an object remember the connection it came from.</summary>
    private protected static T From<T>(Connection cluster, T instance)
        where T : KubeObject
    {
        instance.Origin = cluster;
        return instance;
    }

    private Connection? FromParameters()
    {
        if (Context is null && KubeConfig is null)
        {
            return null;
        }

        return RunspaceConnections.Here.GetOrOpen(new ConnectionOptions
        {
            Source = ConnectionSource.KubeConfig,
            Context = Context,
            KubeConfig = KubeConfig is null ? null : ResolvePath(KubeConfig),
        });
    }
}
