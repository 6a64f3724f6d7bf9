using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Diagnosis;
using KubeSa.Diagnosis.Gathering;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// Tests whether a token is good, and names the cause where it is not: with a server, which is asked as an
/// administrator, or offline with the keys that verify tokens.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "KubeServiceAccountToken", HelpUri = HelpPages.Folder + "Test-KubeServiceAccountToken.md", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(TokenTestResult), typeof(bool))]
public sealed class TestKubeServiceAccountTokenCommand : KubeApiCmdlet
{
    private const string TokenSet = "Token";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The token: a string, a SecureString, or an object that has one, such as a token Secret.</summary>
    [Parameter(ParameterSetName = TokenSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public object? Token { get; set; }

    /// <summary>Files that hold a token, such as the one of a pod's mount; with wildcards.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files that hold a token, by their names as they stand: no character is a wildcard.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Whom the token must be for; the API server itself where this is left out, and anybody offline.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Audience { get; set; } = [];

    /// <summary>Ask no server: look at signature, times and audience alone, by the keys of -Jwks or -PublicKey.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    /// <summary>A file with the keys as a JWKS (RFC 7517), as the API server gives them at /openid/v1/jwks.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Jwks { get; set; }

    /// <summary>A PEM file with the public keys, such as the API server's --service-account-key-file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PublicKey { get; set; }

    /// <summary>Output true or false and not the result.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private readonly TokenInput _input;

    /// <summary>Begins without a token.</summary>
    public TestKubeServiceAccountTokenCommand() => _input = new TokenInput(Tell);

    private protected override void Begin()
    {
        var problem = (Jwks, PublicKey) switch
        {
            (not null, not null) => "Give the keys once: by -Jwks or by -PublicKey.",
            (null, null) when Offline => "-Offline needs the keys that verify tokens: give a file by -Jwks or -PublicKey.",
            _ => null,
        };
        if (problem is not null)
        {
            ThrowTerminatingError(FailureRecords.From(new KubeApiException(FailureKind.InvalidRequest, problem), MyInvocation.MyCommand.Name));
        }
    }

    private protected override void Process()
    {
        if (ParameterSetName is PathSet or LiteralPathSet)
        {
            foreach (var file in FilesOf(Path, LiteralPath))
            {
                Guard(() => Test(_input.Read(ReadFile(file))));
            }

            return;
        }

        Test(PipedFile(Token) is { } piped ? _input.Read(ReadFile(piped)) : _input.Add(Token));
    }

    private protected override void End() => Test(_input.Rest());

    private void Test(IEnumerable<Func<string>> tokens)
    {
        foreach (var token in tokens)
        {
            Guard(() => Test(token()));
        }
    }

    private void Test(string token)
    {
        var result = (Jwks ?? PublicKey) is { } keys ? TokenJudge.Judge(Verify(token, ResolvePath(keys))) : Ask(Cluster, token);
        WriteObject(Quiet ? result.Valid : result);
    }

    private TokenTestResult Ask(Connection cluster, string token) =>
        From(cluster, TokenJudge.Judge(Await(call => TokenTestGathering.AskAsync(ClientLoadContext.Gateway, token, Audience, cluster.Api, call))));

    private TokenTestEvidence Verify(string token, string file)
    {
        var keys = ReadFile(file);
        try
        {
            return ClientLoadContext.Gateway.VerifyToken(token, Audience, keys, isJwks: Jwks is not null);
        }
        catch (KubeApiException failure) when (failure.Kind is FailureKind.InvalidRequest)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"'{file}' holds no keys to verify tokens by: {failure.Message}", file);
        }
    }
}
