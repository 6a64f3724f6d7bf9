using System.Collections;
using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Changes what is asked for of service accounts, and nothing else, by one patch.</summary>
[Cmdlet(VerbsCommon.Set, "KubeServiceAccount", HelpUri = HelpPages.Folder + "Set-KubeServiceAccount.md", SupportsShouldProcess = true)]
[OutputType(typeof(ServiceAccount))]
public sealed class SetKubeServiceAccountCommand : ServiceAccountCmdlet
{
    /// <summary>Labels to set, beside those there are: <c>@{ app = 'web' }</c>. A key whose value is $null is removed.</summary>
    [Parameter]
    [Alias("Labels")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public IDictionary? Label { get; set; }

    /// <summary>Annotations to set, beside those there are. A key whose value is $null is removed.</summary>
    [Parameter]
    [Alias("Annotations")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public IDictionary? Annotation { get; set; }

    /// <summary>
    /// The names of Secrets with logins of image registries, which pods inherit, instead of those there are; none where
    /// this is @().
    /// </summary>
    [Parameter]
    [Alias("ImagePullSecrets")]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [WithoutKind("secret")]
    [ArgumentCompleter(typeof(PullSecretCompleter))]
    public string[]? ImagePullSecret { get; set; }

    /// <summary>Whether pods get a token mounted; with $null the account no longer says.</summary>
    [Parameter]
    [AllowNull]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? AutomountToken { get; set; }

    /// <summary>Output the accounts as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process(Connection cluster, string @namespace, string name)
    {
        foreach (var secret in ImagePullSecret ?? [])
        {
            KubeName.RequireName("Secret", secret, @namespace);
        }

        var asked = new ServiceAccountChange(@namespace, name)
        {
            Labels = StringMap.WithRemovals(Label),
            Annotations = StringMap.WithRemovals(Annotation),
            ImagePullSecrets = ImagePullSecret,
            ChangesAutomountToken = MyInvocation.BoundParameters.ContainsKey(nameof(AutomountToken)),
            AutomountToken = AutomountToken,
        };
        if (asked.IsEmpty && !PassThru)
        {
            WriteVerbose($"Nothing was asked to change of service account {@namespace}/{name}.");
            return;
        }

        var account = Read(cluster, @namespace, name);
        var change = asked.Against(account);
        if (change.IsEmpty)
        {
            WriteVerbose($"Service account {account} is so already.");
        }
        else if (ShouldProcess(cluster, $"ServiceAccount {account}", $"Set {change}"))
        {
            account = Await(call => cluster.Api.ChangeServiceAccountAsync(change, call));
        }

        if (PassThru)
        {
            WriteObject(From(cluster, account));
        }
    }
}
