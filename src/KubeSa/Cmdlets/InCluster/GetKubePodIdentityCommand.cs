using System.Management.Automation;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>Shows who this pod is by its mounted service account and its environment. Asks no server.</summary>
[Cmdlet(VerbsCommon.Get, "KubePodIdentity", HelpUri = HelpPages.Folder + "Get-KubePodIdentity.md")]
[OutputType(typeof(PodIdentity))]
public sealed class GetKubePodIdentityCommand : KubeCmdlet
{
    /// <summary>
    /// The folder with the files token, ca.crt and namespace, where it is not
    /// /var/run/secrets/kubernetes.io/serviceaccount.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? MountPath { get; set; }

    private protected override void Process() =>
        WriteObject(ClientLoadContext.Gateway.ReadPodIdentity(MountPath is null ? null : ResolvePath(MountPath)));
}
