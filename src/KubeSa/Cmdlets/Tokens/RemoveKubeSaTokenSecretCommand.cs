using System.Globalization;
using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// Removes Secrets that hold service-account tokens, which revokes the tokens, and those that
/// Export-KubeServiceAccountKubeConfig -BoundSecret made for tokens to be bound to.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "KubeSaTokenSecret", HelpUri = HelpPages.Folder + "Remove-KubeSaTokenSecret.md", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveKubeSaTokenSecretCommand : TokenSecretTargetCmdlet
{
    /// <summary>
    /// Remove only what has been in quarantine for so long, such as <c>14d</c>, and was not tried in that time, as far as the server
    /// notes it; else the error is InvalidRequest. Disable-KubeSaTokenSecret begins a quarantine.
    /// </summary>
    [Parameter]
    [Duration]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public Duration? DisabledFor { get; set; }

    private protected override void Process(Connection cluster, SecretDocument secret)
    {
        RequireToken(secret, orBinding: true);
        RequireQuarantine(secret);
        var isBinding = secret.Type == SecretDocument.BindingType;
        var account = secret.Annotations.GetValueOrDefault(TokenSecretMarks.Account);
        if (!isBinding && account is not null && ServerMadeSecret.Is(secret.Name!, account))
        {
            WriteWarning(
                $"The server made Secret {secret} by itself. A server before 1.24 creates another one for ServiceAccount {secret.Namespace}/{account} at once, "
                + "under a new name and with a new token; only with the account does it go for good.");
        }

        if (ShouldProcess(cluster, $"Secret {secret}", $"Remove, and revoke {(isBinding ? "all tokens that are bound to it" : "its token")} of ServiceAccount {secret.Namespace}/{account}"))
        {
            Await(call => cluster.Api.DeleteSecretAsync(secret, call));
        }
    }

    private void RequireQuarantine(SecretDocument document)
    {
        if (DisabledFor is not { } asked)
        {
            return;
        }

        if (asked.Problem is { } problem)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, problem, document.ToString());
        }

        RequireToken(document, orBinding: false);
        var secret = ClientLoadContext.Gateway.DecodeSecret(document, asPlainText: false, Tell);
        var why = secret switch
        {
            { InvalidSince: not { } } => "is not in quarantine. Disable-KubeSaTokenSecret begins one",
            { TriedSinceDisabled: true, LastUsed: { } used } => string.Create(
                CultureInfo.InvariantCulture, $"was tried on {used:yyyy-MM-dd}, while it was in quarantine: somebody still needs it, and the server's audit log says who"),

            // By days, as the server notes them: the first one may have had but a minute.
            { InvalidSince: { } since } when DateTime.UtcNow < since.AddDays(1) + asked.Value => string.Create(
                CultureInfo.InvariantCulture, $"is in quarantine since {since:yyyy-MM-dd}, which is not as long as was asked for"),
            _ => null,
        };
        if (why is not null)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"Secret {document} was left alone: it {why}.", document.ToString());
        }
    }
}
