using System.Diagnostics;
using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Diagnosis.Gathering;

/// <summary>Asks a server, as an administrator, what decides whether a token is good and who may do what.</summary>
internal static class AdministratorView
{
    private static readonly SignatureLookup Nothing = new(null, null);

    /// <summary>Never fails: what could not be asked is told as a problem.</summary>
    internal static async Task<AdministratorEvidence> AskAboutTokenAsync(
        ITokenReader tokens, IKubeApi administrator, string token, TokenInfo info, CallContext call, IReadOnlyList<string>? audiences = null)
    {
        var watch = Stopwatch.StartNew();
        var keys = TryAsync(() => administrator.GetSigningKeysAsync(call), call);
        var review = TryAsync(() => administrator.ReviewTokenAsync(token, audiences ?? [], call), call);
        var issuer = TryAsync(() => administrator.GetIssuerAsync(call), call);
        var version = VersionAsync(info, administrator, call);
        var objects = TokenObjectLookup.LookAsync(tokens, info, token, administrator, call);
        await Task.WhenAll(keys, review, issuer, version, objects).ConfigureAwait(false);
        var (jwks, keysProblem) = await keys.ConfigureAwait(false);
        var (answer, reviewProblem) = await review.ConfigureAwait(false);
        var (signature, signatureProblem) = jwks is null ? Nothing : tokens.VerifyByServerKeys(token, jwks);
        var found = await objects.ConfigureAwait(false);
        return found with
        {
            Signature = signature,
            SignatureProblem = keysProblem ?? signatureProblem,
            Review = answer is null
                ? null
                : new ReviewEvidence { Authenticated = answer.Authenticated, Error = answer.Error, UserName = answer.UserName, Audiences = answer.Audiences },
            ReviewProblem = reviewProblem,
            Issuer = (await issuer.ConfigureAwait(false)).Answer,
            ServerVersion = await version.ConfigureAwait(false),
            Elapsed = watch.Elapsed,
        };
    }

    /// <summary>Never fails, as above.</summary>
    internal static async Task<AdministratorEvidence> AskForRolesAsync(IKubeApi administrator, AccessRequest request, CallContext call)
    {
        var watch = Stopwatch.StartNew();
        var (roles, problem) = await TryAsync(() => RoleFinder.FindAsync(administrator, request, call), call).ConfigureAwait(false);
        return new AdministratorEvidence { Server = administrator.Info.Server, Roles = roles, RolesProblem = problem, Elapsed = watch.Elapsed };
    }

    /// <summary>
    /// The same for a token that is not at hand, of which only the claims are known: its key by name, and the objects. A token of
    /// a Secret can be told to be the Secret's by its claims.
    /// </summary>
    internal static async Task<AdministratorEvidence> AskAboutClaimsAsync(ITokenReader tokens, IKubeApi administrator, TokenInfo info, string away, CallContext call)
    {
        var watch = Stopwatch.StartNew();
        var keys = TryAsync(() => administrator.GetSigningKeysAsync(call), call);
        var issuer = TryAsync(() => administrator.GetIssuerAsync(call), call);
        var version = VersionAsync(info, administrator, call);
        var objects = TokenObjectLookup.LookAsync(tokens, info, token: null, administrator, call);
        await Task.WhenAll(keys, issuer, version, objects).ConfigureAwait(false);
        var (jwks, keysProblem) = await keys.ConfigureAwait(false);
        var (signature, signatureProblem) = jwks is null ? Nothing : tokens.FindServerKey(info, jwks);
        return await objects.ConfigureAwait(false) with
        {
            Signature = signature,
            SignatureProblem = keysProblem ?? signatureProblem ?? (signature is { KeyIdKnown: false } ? null : away),
            ReviewProblem = away,
            Issuer = (await issuer.ConfigureAwait(false)).Answer,
            ServerVersion = await version.ConfigureAwait(false),
            Elapsed = watch.Elapsed,
        };
    }

    // Only the remedy for a token of a Secret depends on it.
    private static async Task<string?> VersionAsync(TokenInfo info, IKubeApi administrator, CallContext call) => info.Kind == TokenKind.Legacy
        ? (await TryAsync<string>(async () => await administrator.GetVersionAsync(call).ConfigureAwait(false) ?? string.Empty, call).ConfigureAwait(false)).Answer
        : null;

    private static async Task<(T? Answer, string? Problem)> TryAsync<T>(Func<Task<T>> ask, CallContext call)
        where T : class
    {
        try
        {
            return (await ask().WaitAsync(call.Stop).ConfigureAwait(false), null);
        }
        catch (KubeApiException e)
        {
            return (null, e.Message);
        }
        catch (OperationCanceledException)
        {
            return (null, "No answer came in time.");
        }
    }
}
