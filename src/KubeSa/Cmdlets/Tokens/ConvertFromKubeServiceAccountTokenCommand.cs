using System.Management.Automation;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>Shows what a service-account token says of itself. Verifies nothing and asks no server.</summary>
[Cmdlet(VerbsData.ConvertFrom, "KubeServiceAccountToken", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(TokenInfo))]
public sealed class ConvertFromKubeServiceAccountTokenCommand : KubeCmdlet
{
    private const string TokenSet = "Token";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>
    /// The token: a string, a SecureString, or an object with a property Token, such as a token Secret. InvalidToken
    /// where it is none.
    /// </summary>
    [Parameter(ParameterSetName = TokenSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
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

    private protected override void Process()
    {
        if (ParameterSetName is PathSet or LiteralPathSet)
        {
            foreach (var file in FilesOf(Path, LiteralPath))
            {
                Guard(() => WriteObject(ClientLoadContext.Gateway.ReadToken(ReadFile(file))));
            }
        }
        else
        {
            var text = PipedFile(Token) is { } file ? ReadFile(file) : TokenInput.TextOf(Token);
            WriteObject(ClientLoadContext.Gateway.ReadToken(text));
        }
    }
}
