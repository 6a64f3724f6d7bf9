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

    private protected override void Process()
    {
        if (ParameterSetName == PathSet)
        {
            foreach (var file in Path.SelectMany(ResolveFiles))
            {
                Guard(() => WriteObject(ClientLoadContext.Gateway.ReadToken(ReadFile(file))));
            }
        }
        else
        {
            WriteObject(ClientLoadContext.Gateway.ReadToken(TokenInput.TextOf(Token)));
        }
    }
}
