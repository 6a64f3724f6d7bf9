using System.Text;
using System.Text.Json;
using KubeSa.Api;
using KubeSa.Diagnosis;

namespace KubeSa.Client.Diagnosis;

/// <summary>
/// What an administrator is told of a token that only a pod has: its key by the name the token gives it, and all the rest
/// where the token is stored in a Secret that the administrator may read. And the roles that would allow what was forbidden.
/// </summary>
internal static class OutsideView
{
    /// <summary>Null where an administrator could add nothing. Never fails but for the user's stop.</summary>
    internal static async Task<AdministratorEvidence?> AskAsync(AccessEvidence evidence, IKubeApi administrator, CallContext call)
    {
        if (Answers.AreForbidden(evidence))
        {
            var asked = ResourceName.Parse(evidence.Question.Resource).Request(evidence.Question.Verb, evidence.Question.Namespace);
            return await AdministratorView.AskForRolesAsync(administrator, asked, call).ConfigureAwait(false);
        }

        return Answers.Accepted(evidence) == false ? await AskAboutTokenAsync(evidence, administrator, call).ConfigureAwait(false) : null;
    }

    private static async Task<AdministratorEvidence?> AskAboutTokenAsync(AccessEvidence evidence, IKubeApi administrator, CallContext call)
    {
        if (evidence.Token.Info is not { } info)
        {
            return null;
        }

        if (info is { Kind: TokenKind.Legacy, Namespace: { } ns, SecretName: { } name } && await StoredAsync(ns, name, administrator, call).ConfigureAwait(false) is { } token)
        {
            return await AdministratorView.AskAboutTokenAsync(administrator, token, info, call).ConfigureAwait(false);
        }

        const string Away = "Only the pod has the token, so its signature cannot be verified from here.";
        var view = new AdministratorEvidence { Server = administrator.Info.Server, SignatureProblem = Away, ReviewProblem = Away };
        var keys = info.KeyId is null ? null : await KeyIdsAsync(administrator, call).ConfigureAwait(false);
        return keys is null || keys.Contains(info.KeyId!)
            ? view
            : view with
            {
                SignatureProblem = null,
                Signature = new SignatureEvidence { ServerKeyIds = keys, TokenKeyId = info.KeyId, KeyIdKnown = false, Algorithm = info.Algorithm },
            };
    }

    private static async Task<string?> StoredAsync(string ns, string name, IKubeApi administrator, CallContext call)
    {
        try
        {
            var secret = await administrator.GetSecretAsync(ns, name, call).ConfigureAwait(false);
            return secret.Data.TryGetValue("token", out var data) ? Encoding.ASCII.GetString(Convert.FromBase64String(data)) : null;
        }
        catch (Exception failure) when (failure is KubeApiException or FormatException)
        {
            // Then the name of the key is all there is to go by.
            return null;
        }
    }

    private static async Task<IReadOnlyList<string>?> KeyIdsAsync(IKubeApi administrator, CallContext call)
    {
        try
        {
            var keys = JsonDocument.Parse(await administrator.GetSigningKeysAsync(call).ConfigureAwait(false)).RootElement.GetProperty("keys");
            return [.. keys.EnumerateArray().Select(key => Tokens.Claims.Text(key, "kid")).OfType<string>()];
        }
        catch (Exception failure) when (failure is KubeApiException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Who may not read the keys, or gets none, knows no more than the pod.
            return null;
        }
    }
}
