using KubeSa.Api;

namespace KubeSa.Client.Tokens;

/// <summary>A token as evidence: what it says, and what is wrong with it. Judges nothing.</summary>
internal static class TokenInspector
{
    internal static TokenTestEvidence Inspect(string token, string[] audiences)
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

    /// <summary>The same with its signature, verified where it is a token.</summary>
    internal static TokenTestEvidence Verify(string token, string[] audiences, Func<SignatureEvidence> verify)
    {
        var evidence = Inspect(token, audiences);
        return evidence.Info is null ? evidence : evidence with { Signature = verify() };
    }
}
