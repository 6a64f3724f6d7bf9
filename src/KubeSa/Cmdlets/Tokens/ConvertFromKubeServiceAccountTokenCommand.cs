using System.Management.Automation;
using KubeSa.Completion;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>Shows what a service-account token says of itself. Verifies nothing and asks no server.</summary>
[Cmdlet(VerbsData.ConvertFrom, "KubeServiceAccountToken", HelpUri = HelpPages.Folder + "ConvertFrom-KubeServiceAccountToken.md", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(TokenInfo))]
public sealed class ConvertFromKubeServiceAccountTokenCommand : KubeCmdlet
{
    private const string TokenSet = "Token";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>
    /// The token: a string, a SecureString, or an object with a property Token, such as a token Secret; also in base64, and in
    /// a Secret, a kubeconfig or an answer of kubectl, whole or line by line. InvalidToken where there is none.
    /// </summary>
    [Parameter(ParameterSetName = TokenSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public object? Token { get; set; }

    /// <summary>Files that hold a token and nothing else, such as the one of a pod's mount; with wildcards.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files that hold a token, by their names as they stand: no character is a wildcard.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    private readonly TokenInput _input;

    /// <summary>Begins without a token.</summary>
    public ConvertFromKubeServiceAccountTokenCommand() => _input = new TokenInput(Tell);

    private protected override void Process()
    {
        if (ParameterSetName is PathSet or LiteralPathSet)
        {
            foreach (var file in FilesOf(Path, LiteralPath))
            {
                Guard(() => Write(_input.Read(ReadFile(file))));
            }
        }
        else
        {
            Write(PipedFile(Token) is { } file ? _input.Read(ReadFile(file)) : _input.Add(Token));
        }
    }

    private protected override void End() => Write(_input.Rest());

    private void Write(IEnumerable<Func<string>> tokens)
    {
        foreach (var token in tokens)
        {
            Guard(() => WriteObject(ClientLoadContext.Gateway.ReadToken(token(), Tell)));
        }
    }
}
