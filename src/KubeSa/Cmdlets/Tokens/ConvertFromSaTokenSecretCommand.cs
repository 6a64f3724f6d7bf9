using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// Decodes token Secrets: YAML or JSON text (whole or line by line, many documents, Lists), objects from
/// ConvertFrom-Json, files. Needs no cluster.
/// </summary>
[Cmdlet(VerbsData.ConvertFrom, "SaTokenSecret", HelpUri = HelpPages.Folder + "ConvertFrom-SaTokenSecret.md", DefaultParameterSetName = InputSet)]
[Alias("ConvertFrom-KubeSaTokenSecret")]
[OutputType(typeof(TokenSecret))]
public sealed class ConvertFromSaTokenSecretCommand : KubeCmdlet
{
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private readonly PipelineText _text = new();

    /// <summary>
    /// The Secret: YAML or JSON text, whole or line by line, an object from ConvertFrom-Json, a file from Get-Item, or
    /// what Get-KubeSaTokenSecret gave; also what kubectl describe secret and kubectl create token print, the data of a Secret
    /// alone, a token, and a kubeconfig. Text with several documents and Lists gives several; of a List, what holds no token is
    /// skipped, which -Verbose counts.
    /// </summary>
    [Parameter(ParameterSetName = InputSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public object? InputObject { get; set; }

    /// <summary>Files with Secrets in YAML or JSON, with wildcards.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files with Secrets in YAML or JSON, by their names as they stand: no character is a wildcard.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Give the token as a string and not as a SecureString. Whoever reads it can act as the account.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    private protected override void Process()
    {
        if (ParameterSetName is PathSet or LiteralPathSet)
        {
            foreach (var file in FilesOf(Path, LiteralPath))
            {
                Guard(() => WriteText(ReadFile(file)));
            }

            return;
        }

        if (PipedFile(InputObject) is { } piped)
        {
            WriteText(ReadFile(piped));
            return;
        }

        switch (InputObject is PSObject wrapped ? wrapped.BaseObject : InputObject)
        {
            case null:
                break;
            case string line:
                foreach (var document in _text.Add(line))
                {
                    Guard(() => WriteText(document));
                }

                break;
            case TokenSecret secret:
                WriteObject(secret.WithToken(AsPlainText ? PlainText.Of(secret.Token) : PlainText.Protect(secret.Token)));
                break;
            default:
                WriteDocuments(SecretObject.Read(InputObject));
                break;
        }
    }

    private protected override void End()
    {
        if (_text.Rest() is { } document)
        {
            WriteText(document);
        }
    }

    private void WriteText(string text) => WriteDocuments(ReadEach(stop => ClientLoadContext.Gateway.ReadSecrets(text, stop)));

    private void WriteDocuments(IEnumerable<SecretDocument> documents)
    {
        var others = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            // Whoever lists all Secrets of a cluster did not ask for each of them.
            if (document is { IsInList: true, OtherType: { } type })
            {
                others[type] = others.GetValueOrDefault(type) + 1;
                continue;
            }

            Guard(() => WriteObject(ClientLoadContext.Gateway.DecodeSecret(document, AsPlainText, Tell)));
        }

        if (others.Count > 0)
        {
            WriteVerbose($"Skipped {others.Values.Sum()} objects of the list that hold no service-account token: {string.Join(", ", others.Select(other => $"{other.Value} {other.Key}"))}.");
        }
    }
}
