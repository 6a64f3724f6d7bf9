using System.Management.Automation;
using KubeSa.Connections;

namespace KubeSa.Cmdlets;

/// <summary>
/// Forgets the runspace's current connection, so that cmdlets go back to the kubeconfig or the pod's mount. Objects
/// that were read through it can still go back to their cluster.
/// </summary>
[Cmdlet(VerbsCommunications.Disconnect, "KubeCluster", HelpUri = HelpPages.Folder + "Disconnect-KubeCluster.md")]
public sealed class DisconnectKubeClusterCommand : KubeCmdlet
{
    private protected override void Process() => RunspaceConnections.Here.Forget();
}
