using System.Diagnostics;
using KubeSa.Api;
using KubeSa.Client.Tokens;

namespace KubeSa.Client.Diagnosis;

/// <summary>Asks a server, as an administrator, what decides whether a token is good and who may do what.</summary>
internal static class AdministratorView
{
    /// <summary>Never fails: what could not be asked is told as a problem.</summary>
    internal static async Task<AdministratorEvidence> AskAboutTokenAsync(
        IKubeApi administrator, string token, TokenInfo info, CallContext call, IReadOnlyList<string>? audiences = null)
    {
        var watch = Stopwatch.StartNew();
        var keys = TryAsync(() => administrator.GetSigningKeysAsync(call), call);
        var review = TryAsync(() => administrator.ReviewTokenAsync(token, audiences ?? [], call), call);
        var issuer = TryAsync(() => administrator.GetIssuerAsync(call), call);
        var objects = TokenObjects.LookAsync(info, token, administrator, call);
        await Task.WhenAll(keys, review, issuer, objects).ConfigureAwait(false);
        var (jwks, keysProblem) = await keys.ConfigureAwait(false);
        var (answer, reviewProblem) = await review.ConfigureAwait(false);
        var (signature, signatureProblem) = Verify(token, jwks);
        var found = await objects.ConfigureAwait(false);
        return found with
        {
            Signature = signature,
            SignatureProblem = keysProblem ?? signatureProblem,
            Review = answer is null
                ? null
                : new ReviewEvidence { Authenticated = answer.Authenticated, Error = answer.Error, UserName = answer.UserName },
            ReviewProblem = reviewProblem,
            Issuer = (await issuer.ConfigureAwait(false)).Answer,
            Elapsed = watch.Elapsed,
        };
    }

    /// <summary>Never fails, as above.</summary>
    internal static async Task<AdministratorEvidence> AskForRolesAsync(IKubeApi administrator, AccessRequest request, CallContext call)
    {
        var watch = Stopwatch.StartNew();
        var (roles, problem) = await TryAsync(() => administrator.FindRolesAsync(request, call), call).ConfigureAwait(false);
        return new AdministratorEvidence { Server = administrator.Info.Server, Roles = roles, RolesProblem = problem, Elapsed = watch.Elapsed };
    }

    private static (SignatureEvidence? Signature, string? Problem) Verify(string token, string? jwks)
    {
        try
        {
            return (jwks is null ? null : TokenVerifier.Verify(token, VerificationKeys.FromJwks(jwks)), null);
        }
        catch (KubeApiException e)
        {
            return (null, e.Message);
        }
    }

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
