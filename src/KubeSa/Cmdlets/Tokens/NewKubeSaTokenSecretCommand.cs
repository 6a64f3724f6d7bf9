using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>Makes Secrets that hold a lasting token of an account, and waits until the server has filled them.</summary>
[Cmdlet(VerbsCommon.New, "KubeSaTokenSecret", HelpUri = HelpPages.Folder + "New-KubeSaTokenSecret.md", SupportsShouldProcess = true)]
[OutputType(typeof(TokenSecret))]
public sealed class NewKubeSaTokenSecretCommand : ForAccountCmdlet
{
    /// <summary>
    /// The name of the Secret; that of the account with -token behind it where this is left out. One that is taken is
    /// the error SecretAlreadyExists.
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [WithoutKind("secret")]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Name { get; set; }

    /// <summary>How long to wait for the token, in seconds, before the error TimedOut. The Secret stays.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Give the token as a string and not as a SecureString. Whoever reads it can act as the account.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    private protected override void Process(Connection cluster, string @namespace, ServiceAccountReference account)
    {
        var name = Name ?? $"{account.Name}-token";
        KubeName.RequireName("Secret", name, @namespace);

        // Without its account the server would take the Secret and delete it a moment later, without a word.
        var owner = Await(call => cluster.Api.GetServiceAccountAsync(@namespace, account.Name, call));
        Recreated.Refuse("service account", owner.ToString(), UidAt(cluster, account), owner.Uid);
        if (!ShouldProcess(cluster, $"Secret {@namespace}/{name}", $"Create for a token of ServiceAccount {@namespace}/{account.Name}"))
        {
            return;
        }

        SecretDocument? made = null;
        SecretDocument filled;
        try
        {
            made = Await(call => cluster.Api.CreateTokenSecretAsync(name, owner, call));
            var wait = new TokenSecretWait(cluster.Api, TimeSpan.FromSeconds(TimeoutSeconds));
            filled = Await(call => wait.UntilFilledAsync(made, account.Name, call));
        }
        catch (PipelineStoppedException)
        {
            TellAfterStop($"Secret {@namespace}/{name} {(made is null ? "may have been created; if so, it stays" : "was created and stays")}, and its token will be valid. "
                + "Get-KubeSaTokenSecret shows it, Remove-KubeSaTokenSecret deletes it.");
            throw;
        }

        WriteObject(From(cluster, ClientLoadContext.Gateway.DecodeSecret(filled, AsPlainText, Tell)));
    }
}
