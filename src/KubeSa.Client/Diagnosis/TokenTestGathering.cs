using System.Text;
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

        var view = AdministratorView.AskAsync(administrator, token, call, audiences);
        var account = AccountAsync(info, administrator, call);
        var secret = SecretAsync(info, token, administrator, call);
        var pod = BoundAsync(TokenBindingKind.Pod, info.PodName, info.PodUid, info, administrator, call);
        var node = BoundAsync(TokenBindingKind.Node, info.NodeName, info.NodeUid, info, administrator, call);
        await Task.WhenAll(view, account, secret, pod, node).ConfigureAwait(false);
        return evidence with
        {
            Administrator = await view.ConfigureAwait(false),
            ServiceAccount = await account.ConfigureAwait(false),
            Secret = await secret.ConfigureAwait(false),
            Pod = await pod.ConfigureAwait(false),
            Node = await node.ConfigureAwait(false),
        };
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

    private static Task<ObjectEvidence?> AccountAsync(TokenInfo info, IKubeApi administrator, CallContext call) =>
        info is { Namespace: { } ns, ServiceAccount: { } name }
            ? LookAsync(
                new ObjectEvidence { Reference = $"Service account {ns}/{name}", ClaimedUid = info.ServiceAccountUid },
                FailureKind.ServiceAccountNotFound,
                async seen => seen with { Uid = (await administrator.GetServiceAccountAsync(ns, name, call).ConfigureAwait(false)).Uid })
            : Task.FromResult<ObjectEvidence?>(null);

    private static Task<ObjectEvidence?> SecretAsync(TokenInfo info, string token, IKubeApi administrator, CallContext call) =>
        info is { Namespace: { } ns, SecretName: { } name }
            ? LookAsync(
                new ObjectEvidence { Reference = $"Secret {ns}/{name}", ClaimedUid = info.SecretUid },
                FailureKind.SecretNotFound,
                async seen =>
                {
                    var secret = await administrator.GetSecretAsync(ns, name, call).ConfigureAwait(false);
                    return seen with { Uid = secret.Uid, HoldsToken = info.Kind == TokenKind.Legacy ? Holds(secret, token) : null };
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
    }

    private static bool Holds(SecretDocument secret, string token) =>
        secret.Data.TryGetValue("token", out var data)
        && Encoding.ASCII.GetString(Convert.FromBase64String(data)).Trim() == token.Trim();
}
