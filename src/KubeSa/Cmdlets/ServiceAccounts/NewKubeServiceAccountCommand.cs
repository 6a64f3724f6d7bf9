using System.Collections;
using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Makes service accounts.</summary>
[Cmdlet(VerbsCommon.New, "KubeServiceAccount", HelpUri = HelpPages.Folder + "New-KubeServiceAccount.md", SupportsShouldProcess = true)]
[OutputType(typeof(ServiceAccount))]
public sealed class NewKubeServiceAccountCommand : NamespaceCmdlet
{
    /// <summary>
    /// The names of the new accounts: lower-case letters, digits, '-' and '.'. A name that is taken is the error
    /// ServiceAccountAlreadyExists, and the others are made.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [WithoutKind("serviceaccount")]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The labels of the new accounts: <c>@{ app = 'web' }</c>.</summary>
    [Parameter]
    [Alias("Labels")]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public IDictionary? Label { get; set; }

    /// <summary>The annotations of the new accounts, by which clouds give them roles among others.</summary>
    [Parameter]
    [Alias("Annotations")]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public IDictionary? Annotation { get; set; }

    /// <summary>The names of Secrets with logins of image registries, which their pods inherit.</summary>
    [Parameter]
    [Alias("ImagePullSecrets")]
    [ValidateNotNullOrEmpty]
    [WithoutKind("secret")]
    [ArgumentCompleter(typeof(PullSecretCompleter))]
    public string[]? ImagePullSecret { get; set; }

    /// <summary>Whether their pods get a token mounted. Where this is left out the account does not say, which means yes.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? AutomountToken { get; set; }

    private protected override void Process()
    {
        var cluster = Cluster;
        foreach (var name in Name)
        {
            Guard(() => Create(cluster, name));
        }
    }

    private void Create(Connection cluster, string name)
    {
        var ns = Namespace ?? cluster.Namespace;
        KubeName.RequireNamespace(ns);
        KubeName.RequireName("service account", name, ns);
        foreach (var secret in ImagePullSecret ?? [])
        {
            KubeName.RequireName("Secret", secret, ns);
        }

        var spec = new ServiceAccountSpec(ns, name)
        {
            Labels = StringMap.From(Label),
            Annotations = StringMap.From(Annotation),
            ImagePullSecrets = ImagePullSecret,
            AutomountToken = AutomountToken,
        };
        if (ShouldProcess(cluster, $"ServiceAccount {ns}/{name}", "Create"))
        {
            WriteObject(From(cluster, Await(call => cluster.Api.CreateServiceAccountAsync(spec, call))));
        }
    }
}
