using System.Management.Automation;

namespace KubeSa.Cmdlets;

/// <summary>Removes service accounts. All their tokens stop working.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeServiceAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveKubeServiceAccountCommand : ServiceAccountCmdlet
{
    private protected override void Process(Connection cluster, string @namespace, string name)
    {
        // One made again under the same name, while the user is asked, is another account and stays.
        var account = Read(cluster, @namespace, name);
        if (ShouldProcess(cluster, $"ServiceAccount {account}", "Remove"))
        {
            Await(call => cluster.Api.DeleteServiceAccountAsync(account, call));
        }
    }
}
