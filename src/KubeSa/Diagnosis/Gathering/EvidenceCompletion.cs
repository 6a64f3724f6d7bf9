using KubeSa.Api;

namespace KubeSa.Diagnosis.Gathering;

/// <summary>Adds to evidence that was gathered elsewhere what an administrator can tell.</summary>
internal static class EvidenceCompletion
{
    /// <summary>The same evidence where the server accepted the token and let it do what was asked.</summary>
    internal static async Task<AccessEvidence> AddAsync(ITokenReader tokens, AccessEvidence evidence, IKubeApi administrator, CallContext call)
    {
        var known = await AddResourceAsync(evidence, administrator, call).ConfigureAwait(false);
        return known with { Administrator = await TokenEvidenceLookup.AskAsync(tokens, known, administrator, call).ConfigureAwait(false) ?? known.Administrator };
    }

    private static async Task<AccessEvidence> AddResourceAsync(AccessEvidence evidence, IKubeApi administrator, CallContext call)
    {
        if (evidence.ResourceKnown is not null)
        {
            return evidence;
        }

        var argument = ResourceArgument.Parse(evidence.Question.Resource);
        var found = QuestionResource.Of(evidence.Question, argument, await administrator.FindResourceAsync(argument, call).ConfigureAwait(false));
        return evidence with { Question = found.Question, ResourceKnown = found.Known };
    }
}
