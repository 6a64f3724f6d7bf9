using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>Lifts the quarantine of Secrets that hold service-account tokens: the server takes the token again.</summary>
[Cmdlet(VerbsLifecycle.Enable, "KubeSaTokenSecret", HelpUri = HelpPages.Folder + "Enable-KubeSaTokenSecret.md", SupportsShouldProcess = true)]
[OutputType(typeof(TokenSecret))]
public sealed class EnableKubeSaTokenSecretCommand : TokenSecretTargetCmdlet
{
    private protected override void Process(Connection cluster, SecretDocument document)
    {
        RequireToken(document, orBinding: false);
        if (!document.Labels.ContainsKey(TokenSecretMarks.InvalidSince))
        {
            WriteVerbose($"Secret {document} is not in quarantine.");
            Write(cluster, document);
        }
        else if (ShouldProcess(cluster, $"Secret {document}", $"Enable the token of ServiceAccount {document.Namespace}/{document.Annotations.GetValueOrDefault(TokenSecretMarks.Account)}"))
        {
            Write(cluster, Await(call => cluster.Api.MarkTokenSecretAsync(document, null, call)));
        }
    }

    private void Write(Connection cluster, SecretDocument document) =>
        WriteObject(From(cluster, ClientLoadContext.Gateway.DecodeSecret(document, asPlainText: false, Tell)));
}
