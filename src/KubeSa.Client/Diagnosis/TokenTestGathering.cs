using KubeSa.Api;
using KubeSa.Client.Tokens;

namespace KubeSa.Client.Diagnosis;

/// <summary>Looks at everything that decides whether a token is good. Judges nothing.</summary>
internal static class TokenTestGathering
{
    internal static async Task<TokenTestEvidence> AskAsync(string token, string[] audiences, IKubeApi administrator, CallContext call)
    {
        var (info, problem) = Read(token);
        var evidence = new TokenTestEvidence { Clock = DateTimeOffset.Now, Info = info, Problem = problem, Audiences = audiences };
        if (info is null)
        {
            return evidence;
        }

        var view = await AdministratorView.AskAboutTokenAsync(administrator, token, info, call, audiences).ConfigureAwait(false);
        call.Stop.ThrowIfCancellationRequested();
        return evidence with { Administrator = view };
    }

    internal static TokenTestEvidence Verify(string token, string[] audiences, Func<SignatureEvidence> verify)
    {
        var (info, problem) = Read(token);
        return new TokenTestEvidence
        {
            Clock = DateTimeOffset.Now,
            Info = info,
            Problem = problem,
            Audiences = audiences,
            Signature = info is null ? null : verify(),
        };
    }

    private static (TokenInfo? Info, string? Problem) Read(string token)
    {
        try
        {
            return (TokenReader.Read(token), null);
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.InvalidToken)
        {
            return (null, failure.Message);
        }
    }
}
