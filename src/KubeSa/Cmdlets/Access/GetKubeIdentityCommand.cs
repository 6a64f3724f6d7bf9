using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Asks the API server whom it takes us for.</summary>
[Cmdlet(VerbsCommon.Get, "KubeIdentity", HelpUri = HelpPages.Folder + "Get-KubeIdentity.md")]
[OutputType(typeof(Identity))]
public sealed class GetKubeIdentityCommand : KubeApiCmdlet
{
    /// <summary>The user to ask as, by impersonation: <c>system:serviceaccount:NAMESPACE:NAME</c> for an account.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string? As { get; set; }

    /// <summary>The groups to ask as, by impersonation; needs -As.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[]? AsGroup { get; set; }

    private protected override void Process()
    {
        if (AsGroup is not null && As is null)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest, "-AsGroup needs -As: the server takes no group without a user.", AsGroup[0]);
        }

        var cluster = Cluster;
        var impersonation = As is null ? null : new Impersonation(As, AsGroup ?? []);
        WriteObject(From(cluster, Await(call => cluster.Api.GetIdentityAsync(impersonation, call))));
    }
}
