using System.Globalization;
using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// Puts Secrets that hold service-account tokens into quarantine: the server refuses the token, and takes it again after
/// Enable-KubeSaTokenSecret.
/// </summary>
[Cmdlet(VerbsLifecycle.Disable, "KubeSaTokenSecret", HelpUri = HelpPages.Folder + "Disable-KubeSaTokenSecret.md", SupportsShouldProcess = true)]
[OutputType(typeof(TokenSecret))]
public sealed class DisableKubeSaTokenSecretCommand : TokenSecretTargetCmdlet
{
    private readonly TokenSecretSurvey _survey = new("Disable-KubeSaTokenSecret");
    private readonly Dictionary<Connection, string?> _versions = [];

    private protected override void Process(Connection cluster, SecretDocument document)
    {
        RequireToken(document, orBinding: false);
        RequireServer(cluster, document);
        var secret = ClientLoadContext.Gateway.DecodeSecret(document, asPlainText: false, Tell);
        WarnOfHolders(cluster, secret);
        if (secret.IsDisabled)
        {
            // The first day is what the time of the quarantine is counted from.
            WriteVerbose($"Secret {document} is in quarantine already.");
            WriteObject(From(cluster, secret));
        }
        else if (ShouldProcess(cluster, $"Secret {document}", $"Disable the token of ServiceAccount {secret.Namespace}/{secret.ServiceAccount}"))
        {
            var today = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var marked = Await(call => cluster.Api.MarkTokenSecretAsync(document, today, call));
            WriteObject(From(cluster, ClientLoadContext.Gateway.DecodeSecret(marked, asPlainText: false, Tell)));
        }
    }

    private void RequireServer(Connection cluster, SecretDocument document)
    {
        if (!_versions.TryGetValue(cluster, out var version))
        {
            version = Await(cluster.Api.GetVersionAsync);
            _versions.Add(cluster, version);
            if (ServerVersions.Minor(version) is null)
            {
                WriteWarning($"The server does not say which version it is ({version ?? "none"}). One before 1.29 goes on accepting the tokens; Test-KubeServiceAccountToken tells.");
            }
        }

        if (ServerVersions.Minor(version) is { } minor and < ServerVersions.UnusedTokensInvalid)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"The server is version {version}, and refuses tokens in quarantine only from 1.{ServerVersions.UnusedTokensInvalid} on: on 1.{minor} the mark would change nothing, so Secret {document} was left alone. "
                + "Remove-KubeSaTokenSecret revokes its token, for good.",
                document.ToString());
        }
    }

    private void WarnOfHolders(Connection cluster, TokenSecret secret)
    {
        if (Await(call => _survey.HoldersAsync(cluster, secret, call)) is { Length: > 0 } holders)
        {
            WriteWarning($"Secret {secret} is mounted by {ShortList.Of(holders)}, whose requests with its token the server refuses while it is in quarantine.");
        }

        if (secret.TriedSinceDisabled == true)
        {
            WriteWarning(string.Create(CultureInfo.InvariantCulture, $"The token of Secret {secret} was tried on {secret.LastUsed:yyyy-MM-dd}, while it was in quarantine. The server's audit log says by whom."));
        }
    }
}
