using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Connections;

namespace KubeSa.Cmdlets;

/// <summary>
/// Opens a connection, makes it the runspace's current one and returns it: from a kubeconfig, from the pod's mount, or from
/// what is given. Sends nothing yet.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "KubeCluster", HelpUri = HelpPages.Folder + "Connect-KubeCluster.md", DefaultParameterSetName = KubeConfigSet)]
[OutputType(typeof(Connection))]
public sealed class ConnectKubeClusterCommand : ConnectionCmdlet
{
    /// <summary>Has no effect: the connection is always returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process(Connection connection)
    {
        RunspaceConnections.Here.MakeCurrent(connection);
        WriteObject(connection);
    }

    /// <summary>The commands after one that failed go on with the connection there was: the user must know which that is.</summary>
    private protected override KubeApiException Complete(KubeApiException failure) => failure.With(RunspaceConnections.StillCurrent);
}
