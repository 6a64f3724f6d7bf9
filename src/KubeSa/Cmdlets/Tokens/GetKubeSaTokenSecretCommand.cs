using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>Gets and decodes the Secrets that hold service-account tokens.</summary>
[Cmdlet(VerbsCommon.Get, "KubeSaTokenSecret", HelpUri = HelpPages.Folder + "Get-KubeSaTokenSecret.md", DefaultParameterSetName = NamespaceSet)]
[OutputType(typeof(TokenSecret))]
public sealed class GetKubeSaTokenSecretCommand : AccountQueryCmdlet
{
    private readonly TokenSecretSurvey _survey = new("Get-KubeSaTokenSecret");

    /// <summary>
    /// The names of Secrets, with wildcards, or <c>NAMESPACE/NAME</c>; all where this is left out. A name without wildcards that is not there is
    /// the error SecretNotFound; a Secret of another type is SecretNotTokenType.
    /// </summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [WithoutKind("secret")]
    [ArgumentCompleter(typeof(TokenSecretCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Only the Secrets of these accounts: names, with wildcards, or accounts from the pipeline.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public override ServiceAccountReference[]? ServiceAccount { get; set; }

    /// <summary>
    /// Look up also who made each Secret, whether its account is there, who mounts it, and when the server's cleaner comes to it.
    /// That lists the accounts, pods and workloads of the namespaces.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeUse { get; set; }

    /// <summary>Give the token as a string and not as a SecureString. Whoever reads it can act as the account.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    private protected override void Process(Connection cluster, NamePattern scope, ServiceAccountReference account)
    {
        foreach (var text in Name ?? ["*"])
        {
            Guard(() =>
            {
                var (own, name) = NamespacedName.Split(text);
                WriteSecrets(cluster, own is null ? scope : ScopeOf(text, own, scope), new NamePattern(account.Name), new NamePattern(name));
            });
        }
    }

    private NamePattern ScopeOf(string text, string own, NamePattern scope)
    {
        KubeName.RequireNamespace(own);
        return Namespace is null || scope.Matches(own)
            ? new NamePattern(own)
            : throw NamespacedName.Contradiction(text, own, scope.Text);
    }

    private void WriteSecrets(Connection cluster, NamePattern scope, NamePattern account, NamePattern name)
    {
        if (!name.IsWildcard)
        {
            KubeName.RequireName("Secret", name.Text, scope.Text);
        }

        if (!name.IsWildcard && !scope.IsWildcard)
        {
            Write(cluster, Await(call => cluster.Api.GetSecretAsync(scope.Text, name.Text, call)), account);
            return;
        }

        var any = false;
        var query = new ListQuery(
            scope.IsWildcard ? null : scope.Text, FieldSelector: name.IsWildcard ? null : $"metadata.name={name.Text}");
        foreach (var document in AwaitEach(call => cluster.Api.ListTokenSecretsAsync(query, call)))
        {
            if (name.Matches(document.Name!) && scope.Matches(document.Namespace!))
            {
                any = true;
                Guard(() => Write(cluster, document, account));
            }
        }

        if (!any && !name.IsWildcard)
        {
            throw new KubeApiException(
                FailureKind.SecretNotFound,
                $"No token Secret '{name.Text}' was found in the namespaces given.",
                $"{scope.Text}/{name.Text}");
        }
    }

    private void Write(Connection cluster, SecretDocument document, NamePattern account)
    {
        var secret = ClientLoadContext.Gateway.DecodeSecret(document, AsPlainText, Tell);
        if (account.Matches(secret.ServiceAccount ?? string.Empty))
        {
            WriteObject(From(cluster, IncludeUse ? Await(call => _survey.AddUseAsync(cluster, secret, call)) : secret));
        }
    }
}
