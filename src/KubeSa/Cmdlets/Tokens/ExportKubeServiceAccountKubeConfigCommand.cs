using System.Management.Automation;
using System.Security;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// Makes kubeconfig files with which others are a service account: with a token that ends, with the lasting one of a
/// token Secret, or with a command that gets a fresh one by itself.
/// </summary>
[Cmdlet(VerbsData.Export, "KubeServiceAccountKubeConfig", HelpUri = HelpPages.Folder + "Export-KubeServiceAccountKubeConfig.md", DefaultParameterSetName = TokenSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(string))]
public sealed class ExportKubeServiceAccountKubeConfigCommand : ServiceAccountCmdlet
{
    private const string TokenSet = "Token";
    private const string SecretSet = "TokenSecret";
    private const string RefreshingSet = "Refreshing";

    private readonly HashSet<string> _written = [];

    /// <summary>
    /// The file, or a folder for files named after namespace and account; where this is left out the text is output,
    /// and with it the token.
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>
    /// How long the token is to be good, ten minutes at least: <c>8h</c>, <c>30m</c>, <c>7d</c>, or <c>1:30</c> for an
    /// hour and a half. An hour,
    /// the server's usual time, where this is left out.
    /// </summary>
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = RefreshingSet)]
    [Duration]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public Duration? Duration { get; set; }

    /// <summary>
    /// The name of a Secret of the account's namespace that the token is bound to, and which is made where it is not there:
    /// Remove-KubeSaTokenSecret deletes it, and with it every token that was bound to it is revoked.
    /// </summary>
    [Parameter(ParameterSetName = TokenSet)]
    [ValidateNotNullOrEmpty]
    [WithoutKind("secret")]
    [ArgumentCompleter(typeof(TokenSecretCompleter))]
    public string? BoundSecret { get; set; }

    /// <summary>The name of the token Secret of the account whose token to take, which never expires.</summary>
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [WithoutKind("secret")]
    [ArgumentCompleter(typeof(TokenSecretCompleter))]
    public string? TokenSecret { get; set; }

    /// <summary>
    /// Write no token, but the command that gets one whenever it is needed: with the credentials of this connection's
    /// kubeconfig, so the file is for whoever has those.
    /// </summary>
    [Parameter(ParameterSetName = RefreshingSet, Mandatory = true)]
    public SwitchParameter Refreshing { get; set; }

    /// <summary>
    /// Replace a file that exists, which renews its token; without this it is left as it is, and the error is FileAlreadyExists.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Write the user and password of the connection's proxy into the file, too. Without this they are left out, with a warning:
    /// the file is meant for others.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeProxyCredential { get; set; }

    private protected override void Process(Connection cluster, string @namespace, string name)
    {
        var token = new TokenSpec(@namespace, name)
        {
            Duration = TokenLifetime.Of(Duration, @namespace, name),
            BoundKind = BoundSecret is null ? null : TokenBindingKind.Secret,
            BoundName = BoundSecret,
        };
        TokenLifetime.Require(token);
        var file = Path is null ? null : FileFor(@namespace, name);
        if (file is not null)
        {
            PrivateFile.RequireAbsent(file, Force && !_written.Contains(file));
        }

        var command = Refreshing ? RefreshingCredential.For(cluster.Api.Info, token, RefreshingCredential.IsOnPath) : null;
        var account = Account(cluster, @namespace, name);
        var stored = TokenSecret is null ? null : Stored(cluster, @namespace, name);
        var makesSecret = BoundSecret is not null && IsMissing(cluster, @namespace, BoundSecret);
        if (!ShouldProcess(cluster, $"ServiceAccount {@namespace}/{name}", Action(file, makesSecret ? $"{@namespace}/{BoundSecret}" : null)))
        {
            return;
        }

        var made = makesSecret ? Await(call => cluster.Api.CreateBindingSecretAsync(BoundSecret!, account!, new Dictionary<string, string>(), call)) : null;
        string text;
        try
        {
            text = cluster.Api.ComposeKubeConfig(new KubeConfigSpec(@namespace, name)
            {
                Command = command,
                IncludeProxyCredential = IncludeProxyCredential,
                Token = Refreshing ? null : stored ?? Await(call => cluster.Api.CreateTokenAsync(token, call)).Token,
            }, Tell);
            if (file is not null)
            {
                PrivateFile.Write(file, text, Force);
            }
        }
        catch when (made is not null)
        {
            Undo(cluster, made);
            throw;
        }

        if (file is null)
        {
            WriteObject(text);
            return;
        }

        _written.Add(file);

        // As Get-Item gives it, with what its view shows: mode, owner and size.
        WriteObject(InvokeProvider.Item.Get([file], force: true, literalPath: true), enumerateCollection: true);
    }

    private ServiceAccount? Account(Connection cluster, string @namespace, string name)
    {
        if (Refreshing || BoundSecret is not null)
        {
            return Read(cluster, @namespace, name);
        }

        RequireSame(cluster, @namespace, name);
        return null;
    }

    private static string Action(string? file, string? secret) =>
        $"Export kubeconfig{(file is null ? string.Empty : $" to '{file}'")}{(secret is null ? string.Empty : $", and create Secret {secret}")}";

    private bool IsMissing(Connection cluster, string @namespace, string secret)
    {
        KubeName.RequireName("Secret", secret, @namespace);
        try
        {
            Await(call => cluster.Api.GetBoundObjectUidAsync(TokenBindingKind.Secret, @namespace, secret, call));
            return false;
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.SecretNotFound)
        {
            return true;
        }
    }

    // Whatever kept the file from being written: a Secret that nobody has a token of is no use to anybody.
    private void Undo(Connection cluster, SecretDocument made)
    {
        if (Finish(call => cluster.Api.DeleteSecretAsync(made, call), TimeSpan.FromSeconds(15)) is { } problem && !Call.Stop.IsCancellationRequested)
        {
            WriteWarning($"Secret {made}, which was made for the token, could not be deleted: {problem}");
        }
    }

    private string FileFor(string @namespace, string name)
    {
        var path = ResolvePath(Path!);
        return Directory.Exists(path) ? System.IO.Path.Combine(path, $"{@namespace}-{name}.kubeconfig") : path;
    }

    private SecureString Stored(Connection cluster, string @namespace, string name)
    {
        KubeName.RequireName("Secret", TokenSecret!, @namespace);
        var document = Await(call => cluster.Api.GetSecretAsync(@namespace, TokenSecret!, call));
        var secret = ClientLoadContext.Gateway.DecodeSecret(document, asPlainText: false, Tell);
        if (secret.ServiceAccount != name)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"Secret {secret} holds a token of service account {@namespace}/{secret.ServiceAccount}, not of {@namespace}/{name}.",
                secret.ToString());
        }

        return secret.Token as SecureString ?? throw new KubeApiException(
            FailureKind.InvalidSecret, $"Secret {secret} holds no token yet; the server's token controller fills it.", secret.ToString());
    }
}
