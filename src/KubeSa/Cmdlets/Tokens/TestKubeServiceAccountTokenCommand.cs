using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Diagnosis;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// Tests whether a token is good, and names the cause where it is not: with a server, which is asked as an
/// administrator, or offline with the keys that verify tokens.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "KubeServiceAccountToken", DefaultParameterSetName = OnlineSet)]
[OutputType(typeof(TokenTestResult), typeof(bool))]
public sealed class TestKubeServiceAccountTokenCommand : KubeApiCmdlet
{
    private const string OnlineSet = "Online";
    private const string JwksSet = "Jwks";
    private const string PublicKeySet = "PublicKey";

    /// <summary>The token: a string, a SecureString, or an object that has one, such as a token Secret.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public object? Token { get; set; }

    /// <summary>Whom the token must be for; the API server itself where this is left out, and anybody offline.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Audience { get; set; } = [];

    /// <summary>Ask no server: look at signature, times and audience alone.</summary>
    [Parameter(ParameterSetName = JwksSet)]
    [Parameter(ParameterSetName = PublicKeySet)]
    public SwitchParameter Offline { get; set; }

    /// <summary>A file with the keys as a JWKS (RFC 7517), as the API server gives them at /openid/v1/jwks.</summary>
    [Parameter(ParameterSetName = JwksSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Jwks { get; set; }

    /// <summary>A PEM file with the public keys, such as the API server's --service-account-key-file.</summary>
    [Parameter(ParameterSetName = PublicKeySet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? PublicKey { get; set; }

    /// <summary>Output true or false and not the result.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process()
    {
        var text = TokenInput.TextOf(Token);
        var result = TokenJudge.Judge(ParameterSetName == OnlineSet ? Ask(text) : Verify(text, ResolvePath(Jwks ?? PublicKey!)));
        WriteObject(Quiet ? result.Valid : result);
    }

    private TokenTestEvidence Ask(string token)
    {
        var cluster = Cluster;
        return Await(call => ClientLoadContext.Gateway.GatherTokenEvidenceAsync(token, Audience, cluster.Api, call));
    }

    private TokenTestEvidence Verify(string token, string file)
    {
        var keys = ReadFile(file);
        try
        {
            return ClientLoadContext.Gateway.VerifyToken(token, Audience, keys, isJwks: Jwks is not null);
        }
        catch (KubeApiException failure) when (failure.Kind is FailureKind.ProtocolError or FailureKind.InvalidRequest)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"'{file}' holds no keys to verify tokens by: {failure.Message}", file);
        }
    }
}
