using KubeSa.Api;
using KubeSa.Client.Tokens;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>Looks at everything that decides whether a token is good. Judges nothing.</summary>
internal static class TokenTestGathering
{
    internal static async Task<TokenTestEvidence> AskAsync(string token, string[] audiences, IKubeApi administrator, CallContext call)
    {
        var evidence = Read(token, audiences);
        if (evidence.Info is not { } info)
        {
            return evidence;
        }

        var view = await AdministratorView.AskAboutTokenAsync(administrator, TokenText.Trim(token), info, call, audiences).ConfigureAwait(false);
        call.Stop.ThrowIfCancellationRequested();
        return evidence with { Administrator = view };
    }

    internal static TokenTestEvidence Verify(string token, string[] audiences, Func<SignatureEvidence> verify)
    {
        var evidence = Read(token, audiences);
        return evidence.Info is null ? evidence : evidence with { Signature = verify() };
    }

    private static TokenTestEvidence Read(string token, string[] audiences)
    {
        var evidence = new TokenTestEvidence { Clock = DateTimeOffset.Now, Audiences = audiences };
        try
        {
            var jwt = Jwt.Parse(token);
            var info = TokenReader.Read(jwt);
            return evidence with { Info = info, SignatureBytes = jwt.SignatureBytes, ClaimFaults = [.. TokenClaims.Faults(jwt, info)] };
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.InvalidToken)
        {
            return evidence with { Problem = failure.Message };
        }
    }
}
