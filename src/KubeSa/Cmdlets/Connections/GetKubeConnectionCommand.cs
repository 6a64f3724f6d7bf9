using System.Management.Automation;
using KubeSa.Connections;

namespace KubeSa.Cmdlets;

/// <summary>Shows the runspace's current connection; nothing where there is none.</summary>
[Cmdlet(VerbsCommon.Get, "KubeConnection", HelpUri = HelpPages.Folder + "Get-KubeConnection.md")]
[OutputType(typeof(Connection))]
public sealed class GetKubeConnectionCommand : KubeCmdlet
{
    private protected override void Process()
    {
        if (RunspaceConnections.Here.Current is { } current)
        {
            WriteObject(current);
        }
    }
}
