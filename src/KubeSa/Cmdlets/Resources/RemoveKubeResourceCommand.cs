using System.Collections;
using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Removes objects of any resource: the very ones that were read, and no others that bear their names by now.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeResource", HelpUri = HelpPages.Folder + "Remove-KubeResource.md", DefaultParameterSetName = NameSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveKubeResourceCommand : ChangingResourceCmdlet
{
    private protected override void Process(Connection cluster, ResourceTarget target, string? uid)
    {
        // One made again under the same name, while the user is asked, is another object and stays.
        var current = UidOf(cluster, target, uid);
        if (!ShouldProcess(cluster, target.Title, "Remove"))
        {
            return;
        }

        var options = new Hashtable { ["kind"] = "DeleteOptions", ["apiVersion"] = "v1", ["preconditions"] = new Hashtable { ["uid"] = current } };
        Await(call => cluster.Api.SendAsync(new RestRequest("DELETE", target.Path) { Body = JsonBody.Of(options) }, call));
    }
}
