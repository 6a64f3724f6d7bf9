using System.Management.Automation;

namespace KubeSa.Cmdlets;

/// <summary>
/// Opens a connection for the parameter -Connection of other cmdlets, and leaves the runspace's current one alone: from a
/// kubeconfig, from the pod's mount, or from what is given. Sends nothing yet.
/// </summary>
[Cmdlet(VerbsCommon.New, "KubeConnection", HelpUri = HelpPages.Folder + "New-KubeConnection.md", DefaultParameterSetName = KubeConfigSet)]
[OutputType(typeof(Connection))]
public sealed class NewKubeConnectionCommand : ConnectionCmdlet
{
    private protected override void Process(Connection connection) => WriteObject(connection);
}
