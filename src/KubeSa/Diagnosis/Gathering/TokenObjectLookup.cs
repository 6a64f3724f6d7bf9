using System.Text;
using KubeSa.Api;

namespace KubeSa.Diagnosis.Gathering;

/// <summary>Looks, as an administrator, whether the objects that a token names are those it was issued for.</summary>
internal static class TokenObjectLookup
{
    /// <summary>Never fails: what could not be looked at is told as a problem.</summary>
    /// <param name="tokens">Reads tokens.</param>
    /// <param name="info">What the token says of itself.</param>
    /// <param name="token">The token; null where it is not at hand.</param>
    /// <param name="administrator">Who looks.</param>
    /// <param name="call">Stops it.</param>
    internal static async Task<AdministratorEvidence> LookAsync(ITokenReader tokens, TokenInfo info, string? token, IKubeApi administrator, CallContext call)
    {
        var account = AccountAsync(info, administrator, call);
        var secret = SecretAsync(tokens, info, token, administrator, call);
        var pod = BoundAsync(TokenBindingKind.Pod, info.PodName, info.PodUid, info, administrator, call);

        // Of a token that is bound to a pod the server does not look at the node, which the token names all the same.
        var node = BoundAsync(TokenBindingKind.Node, info.PodName is null ? info.NodeName : null, info.NodeUid, info, administrator, call);
        return new AdministratorEvidence
        {
            Server = administrator.Info.Server,
            ServiceAccount = await account.ConfigureAwait(false),
            Secret = await secret.ConfigureAwait(false),
            Pod = await pod.ConfigureAwait(false),
            Node = await node.ConfigureAwait(false),
        };
    }

    private static Task<ObjectEvidence?> AccountAsync(TokenInfo info, IKubeApi administrator, CallContext call) =>
        info is { Namespace: { } ns, ServiceAccount: { } name }
            ? LookAsync(
                new ObjectEvidence { Reference = $"Service account {ns}/{name}", ClaimedUid = info.ServiceAccountUid },
                FailureKind.ServiceAccountNotFound,
                async seen => seen with { Uid = (await administrator.GetServiceAccountAsync(ns, name, call).ConfigureAwait(false)).Uid })
            : Task.FromResult<ObjectEvidence?>(null);

    private static Task<ObjectEvidence?> SecretAsync(ITokenReader tokens, TokenInfo info, string? token, IKubeApi administrator, CallContext call) =>
        info is { Namespace: { } ns, SecretName: { } name }
            ? LookAsync(
                new ObjectEvidence { Reference = $"Secret {ns}/{name}", ClaimedUid = info.SecretUid },
                FailureKind.SecretNotFound,
                async seen =>
                {
                    var secret = await administrator.GetSecretAsync(ns, name, call).ConfigureAwait(false);
                    return seen with { Uid = secret.Uid, HoldsToken = info.Kind == TokenKind.Legacy ? Holds(tokens, secret, token, info) : null };
                })
            : Task.FromResult<ObjectEvidence?>(null);

    private static Task<ObjectEvidence?> BoundAsync(
        TokenBindingKind kind, string? name, string? uid, TokenInfo info, IKubeApi administrator, CallContext call) =>
        info.Namespace is { } ns && name is not null
            ? LookAsync(
                new ObjectEvidence { Reference = kind == TokenBindingKind.Node ? $"Node {name}" : $"{kind} {ns}/{name}", ClaimedUid = uid },
                FailureKind.NotFound,
                async seen => seen with { Uid = await administrator.GetBoundObjectUidAsync(kind, ns, name, call).ConfigureAwait(false) })
            : Task.FromResult<ObjectEvidence?>(null);

    private static async Task<ObjectEvidence?> LookAsync(
        ObjectEvidence known, FailureKind missing, Func<ObjectEvidence, Task<ObjectEvidence>> look)
    {
        try
        {
            return await look(known).ConfigureAwait(false);
        }
        catch (KubeApiException failure)
        {
            return failure.Kind == missing ? known : known with { Problem = failure.Message };
        }
        catch (OperationCanceledException)
        {
            return known with { Problem = "No answer came in time." };
        }
    }

    /// <summary>The token that a Secret holds; null where it holds none.</summary>
    internal static string? StoredIn(SecretDocument secret)
    {
        var data = secret.Data.GetValueOrDefault("token", string.Empty);
        var bytes = new byte[data.Length];
        return Convert.TryFromBase64String(data, bytes, out var length) && length > 0 ? TokenText.Trim(Encoding.UTF8.GetString(bytes, 0, length)) : null;
    }

    /// <summary>
    /// Whether a stored token has the claims that are known of another one. Then both are the same text: such tokens hold no times,
    /// and RSA signs the same claims with the same key alike.
    /// </summary>
    internal static bool HasClaims(ITokenReader tokens, string? stored, TokenInfo info)
    {
        // What the Secret holds may be no token, and so not this one.
        return stored is not null
            && tokens.InspectToken(stored, []).Info is { } its
            && (its.KeyId, its.Algorithm, its.UserName, its.ServiceAccountUid, its.SecretName) == (info.KeyId, info.Algorithm, info.UserName, info.ServiceAccountUid, info.SecretName);
    }

    private static bool Holds(ITokenReader tokens, SecretDocument secret, string? token, TokenInfo info)
    {
        var stored = StoredIn(secret);
        return token is null ? HasClaims(tokens, stored, info) : stored == TokenText.Trim(token);
    }
}
