using KubeSa.Api;

namespace KubeSa.Diagnosis.Gathering;

/// <summary>Asks for everything that decides whether a token is good. Judges nothing.</summary>
internal static class TokenTestGathering
{
    internal static async Task<TokenTestEvidence> AskAsync(ITokenReader tokens, string token, string[] audiences, IKubeApi administrator, CallContext call)
    {
        var evidence = tokens.InspectToken(token, audiences);
        if (evidence.Info is not { } info)
        {
            return evidence;
        }

        var view = await AdministratorView.AskAboutTokenAsync(tokens, administrator, TokenText.Trim(token), info, call, audiences).ConfigureAwait(false);
        call.Stop.ThrowIfCancellationRequested();
        return evidence with { Administrator = view };
    }
}
