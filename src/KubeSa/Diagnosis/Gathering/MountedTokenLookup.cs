using KubeSa.Api;

namespace KubeSa.Diagnosis.Gathering;

/// <summary>What an administrator is asked where the token itself is at hand, as in the pod that has it mounted.</summary>
internal static class MountedTokenLookup
{
    /// <summary>The lookup by this administrator; null for none.</summary>
    internal static AdministratorLookup? By(ITokenReader tokens, IKubeApi? administrator) => administrator is null
        ? null
        : (evidence, token, call) => AskAsync(tokens, administrator, evidence, token, call);

    private static async Task<AdministratorEvidence?> AskAsync(
        ITokenReader tokens, IKubeApi administrator, AccessEvidence evidence, string token, CallContext call)
    {
        if (ResponseFacts.Accepted(evidence) == false)
        {
            call.Notify(new VerboseNotice($"Asking {administrator.Info.Server}, as an administrator, about the token."));
            return await AdministratorView.AskAboutTokenAsync(tokens, administrator, token, evidence.Token.Info!, call).ConfigureAwait(false);
        }

        if (!ResponseFacts.AreForbidden(evidence))
        {
            return null;
        }

        call.Notify(new VerboseNotice($"Asking {administrator.Info.Server}, as an administrator, for a role that would do."));
        return await AdministratorView.AskForRolesAsync(administrator, ResourceName.Request(evidence.Question), call).ConfigureAwait(false);
    }
}
