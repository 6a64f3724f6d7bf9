using KubeSa.Api;

namespace KubeSa.Diagnosis.Gathering;

/// <summary>
/// What an administrator is told of a token that only a pod has: its key by the name the token gives it, the objects that the
/// token names, and the server's own word where the token is stored in a Secret that the administrator may read. And the roles that would allow what was forbidden.
/// </summary>
internal static class TokenEvidenceLookup
{
    /// <summary>Null where an administrator could add nothing. Never fails but for the user's stop.</summary>
    internal static async Task<AdministratorEvidence?> AskAsync(ITokenReader tokens, AccessEvidence evidence, IKubeApi administrator, CallContext call)
    {
        if (ResponseFacts.AreForbidden(evidence))
        {
            return await AdministratorView.AskForRolesAsync(administrator, ResourceName.Request(evidence.Question), call).ConfigureAwait(false);
        }

        return ResponseFacts.Accepted(evidence) == false ? await AskAboutTokenAsync(tokens, evidence, administrator, call).ConfigureAwait(false) : null;
    }

    private static async Task<AdministratorEvidence?> AskAboutTokenAsync(ITokenReader tokens, AccessEvidence evidence, IKubeApi administrator, CallContext call)
    {
        if (evidence.Token.Info is not { } info)
        {
            return null;
        }

        const string Away = "Only the pod has the token, so its signature cannot be verified from here.";
        return info is { Kind: TokenKind.Legacy, Namespace: { } ns, SecretName: { } name }
            && await StoredAsync(ns, name, administrator, call).ConfigureAwait(false) is { } token
            && TokenObjectLookup.HasClaims(tokens, token, info)
                ? await AdministratorView.AskAboutTokenAsync(tokens, administrator, token, info, call).ConfigureAwait(false)
                : await AdministratorView.AskAboutClaimsAsync(tokens, administrator, info, Away, call).ConfigureAwait(false);
    }

    private static async Task<string?> StoredAsync(string ns, string name, IKubeApi administrator, CallContext call)
    {
        try
        {
            return TokenObjectLookup.StoredIn(await administrator.GetSecretAsync(ns, name, call).ConfigureAwait(false));
        }
        catch (KubeApiException)
        {
            // Then what the token says of itself is all there is to go by.
            return null;
        }
    }
}
