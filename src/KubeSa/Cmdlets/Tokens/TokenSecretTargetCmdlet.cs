using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that does the same to each of the Secrets that are named or piped.</summary>
public abstract class TokenSecretTargetCmdlet : NamespaceCmdlet
{
    private protected TokenSecretTargetCmdlet()
    {
    }

    /// <summary>
    /// The names of the Secrets, alone or as <c>NAMESPACE/NAME</c>, or Secrets from the pipeline. One that is not there is the
    /// error SecretNotFound; one that holds no service-account token is SecretNotTokenType and is left alone.
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

    private protected sealed override void Process()
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

                Process(cluster, Read(cluster, own ?? Namespace ?? cluster.Namespace, name));
            });
        }
    }

    /// <summary>What is done to one Secret.</summary>
    private protected abstract void Process(Connection cluster, SecretDocument secret);

    /// <summary>SecretNotTokenType where a Secret holds no token, nor, where that counts, has tokens bound to it.</summary>
    private protected static void RequireToken(SecretDocument secret, bool orBinding)
    {
        if (secret.Type != SecretDocument.TokenType && !(orBinding && secret.Type == SecretDocument.BindingType))
        {
            throw new KubeApiException(
                FailureKind.SecretNotTokenType,
                $"Secret {secret} is of type {secret.Type ?? "Opaque"} and holds no service-account token, so it was left alone.",
                secret.ToString());
        }
    }

    private SecretDocument Read(Connection cluster, string ns, string name)
    {
        KubeName.RequireNamespace(ns);
        KubeName.RequireName("Secret", name, ns);
        var secret = Await(call => cluster.Api.GetSecretAsync(ns, name, call));
        Recreated.Refuse("secret", secret.ToString(), Uid, secret.Uid);
        return secret;
    }
}
