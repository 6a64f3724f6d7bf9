using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Removes Secrets that hold service-account tokens, which revokes the tokens.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeSaTokenSecret", HelpUri = HelpPages.Folder + "Remove-KubeSaTokenSecret.md", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveKubeSaTokenSecretCommand : NamespaceCmdlet
{
    /// <summary>
    /// The names of the Secrets, alone or as <c>NAMESPACE/NAME</c>: those that hold a token, and those that Export-KubeServiceAccountKubeConfig -BoundSecret made for
    /// tokens to be bound to. One that is not there is the error SecretNotFound; one of another type is SecretNotTokenType and
    /// is left alone.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [WithoutKind("secret")]
    [ArgumentCompleter(typeof(TokenSecretCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>
    /// The uid that the Secret must have, as a Secret from the pipeline brings it. One that was deleted and created again
    /// since it was read has another, and the error is Conflict.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Uid { get; set; }

    private protected override void Process()
    {
        var cluster = Cluster;
        foreach (var text in Name)
        {
            Guard(() =>
            {
                var (own, name) = NamespacedName.Split(text);
                if (own is not null && Namespace is not null && own != Namespace)
                {
                    throw NamespacedName.Contradiction(text, own, Namespace);
                }

                Remove(cluster, own ?? Namespace ?? cluster.Namespace, name);
            });
        }
    }

    private void Remove(Connection cluster, string ns, string name)
    {
        KubeName.RequireNamespace(ns);
        KubeName.RequireName("Secret", name, ns);
        var secret = Await(call => cluster.Api.GetSecretAsync(ns, name, call));
        Recreated.Refuse("secret", secret.ToString(), Uid, secret.Uid);
        var isBinding = secret.Type == SecretDocument.BindingType;
        if (secret.Type != SecretDocument.TokenType && !isBinding)
        {
            throw new KubeApiException(
                FailureKind.SecretNotTokenType,
                $"Secret {secret} is of type {secret.Type ?? "Opaque"} and holds no service-account token, so it was left alone.",
                secret.ToString());
        }

        var account = secret.Annotations.GetValueOrDefault(TokenSecretMarks.Account);
        if (!isBinding && account is not null && ServerMadeSecret.Is(name, account))
        {
            WriteWarning(
                $"The server made Secret {secret} by itself. A server before 1.24 creates another one for ServiceAccount {ns}/{account} at once, "
                + "under a new name and with a new token; only with the account does it go for good.");
        }

        if (ShouldProcess(cluster, $"Secret {secret}", $"Remove, and revoke {(isBinding ? "all tokens that are bound to it" : "its token")} of ServiceAccount {ns}/{account}"))
        {
            Await(call => cluster.Api.DeleteSecretAsync(secret, call));
        }
    }
}
