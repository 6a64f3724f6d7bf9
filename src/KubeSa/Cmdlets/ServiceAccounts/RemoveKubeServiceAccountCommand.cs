using System.Management.Automation;

namespace KubeSa.Cmdlets;

/// <summary>Removes service accounts, after it has said what still uses them. All their tokens stop working.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeServiceAccount", HelpUri = HelpPages.Folder + "Remove-KubeServiceAccount.md", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveKubeServiceAccountCommand : ServiceAccountCmdlet
{
    private readonly AccountSurvey _survey = new("Looking at what uses the accounts");

    private protected override void Process(Connection cluster, string @namespace, string name)
    {
        // One made again under the same name, while the user is asked, is another account and stays.
        var account = Read(cluster, @namespace, name);
        var effects = RemovalEffects.Of(account, Await(call => _survey.OfAllAsync(cluster, @namespace, call)));
        if (effects.Warning is { } warning)
        {
            WriteWarning(warning);
        }

        if (ShouldProcess(cluster, $"ServiceAccount {account}", $"Remove{effects.Summary}"))
        {
            Await(call => cluster.Api.DeleteServiceAccountAsync(account, call));
        }
    }
}
