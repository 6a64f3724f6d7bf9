using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources.Mapping;
using KubeSa.Client.Tokens;
using KubeSa.Secrecy;

namespace KubeSa.Client.Resources;

/// <summary>What the server tells of itself, of a token and of whoever asks.</summary>
internal sealed class ServerApi(ApiCaller caller, IDiscoveryApi discovery) : IServerApi
{
    public async Task<Identity> GetIdentityAsync(Impersonation? impersonation, CallContext call)
    {
        AuthorizerMessage? refusal = null;
        try
        {
            return await caller.PostAsync(
                new ApiOperation("create", "selfsubjectreviews.authentication.k8s.io", "review of who we are"),
                call,
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                IdentityJson.Question,
                IdentityJson.Read,
                ImpersonationHeaders.From(impersonation),
                status =>
                {
                    refusal = AuthorizerMessage.Read(status.Message);
                    return null;
                }).ConfigureAwait(false);
        }
        catch (KubeApiException failure) when (IsWithoutReview(failure) && refusal is not { IsAboutImpersonation: true })
        {
            if (await WithoutReviewAsync(refusal?.User, impersonation, call).ConfigureAwait(false) is { } identity)
            {
                return identity;
            }

            if (await KnowsReviewAsync(call).ConfigureAwait(false))
            {
                throw;
            }

            throw NoReview(impersonation);
        }
    }

    /// <summary>
    /// Whom the server sees by what there is without the review: its refusal names the user, and the credentials may say more of
    /// that same user. Null where neither tells.
    /// </summary>
    private async Task<Identity?> WithoutReviewAsync(string? named, Impersonation? impersonation, CallContext call)
    {
        var own = impersonation is null ? await CredentialIdentity.ReadAsync(caller.Config, call).ConfigureAwait(false) : null;
        return named is null || own?.UserName == named
            ? own
            : new Identity
            {
                UserName = named,
                Groups = ServiceAccountNames.Parse(named) is var (ns, _) ? ServiceAccountNames.Groups(ns) : [],
                Source = "Refusal",
            };
    }

    private KubeApiException NoReview(Impersonation? impersonation) => new(
        FailureKind.NotFound,
        $"{caller.Config.Info.Server} cannot be asked whom it sees a user as: its SelfSubjectReview came with Kubernetes 1.28. "
        + (impersonation is null && caller.Config.Impersonation is null
            ? "The credentials themselves do not tell it either."
            : "Without impersonation (-As), what the credentials themselves tell is read instead."),
        caller.Config.Info.Server);

    /// <summary>Whether the server has the review, or does not let us look whether it has.</summary>
    private async Task<bool> KnowsReviewAsync(CallContext call)
    {
        var lookup = await discovery.FindResourceAsync(new ResourceArgument("selfsubjectreviews", "authentication.k8s.io", null), call).ConfigureAwait(false);
        if (lookup.Problem is { } problem)
        {
            call.Notify(new VerboseNotice($"Whether the server has a SelfSubjectReview could not be looked up: {problem}"));
        }

        return lookup.Exists != false;
    }

    public Task<string> GetSigningKeysAsync(CallContext call) =>
        GetTextAsync(new ApiOperation("get", "/openid/v1/jwks", "set of signing keys"), call, body => body);

    public Task<string> GetIssuerAsync(CallContext call) =>
        GetTextAsync(new ApiOperation("get", "/.well-known/openid-configuration", "issuer of tokens"), call, body =>
        {
            using var json = JsonDocument.Parse(body);
            return Redactor.Redact(Claims.Text(json.RootElement, "issuer")) ?? throw new FormatException("The document names no issuer.");
        });

    /// <summary>
    /// Asks past the client library: asked for as application/json, which is what that does, the server answers 406 for the keys,
    /// and the discovery document it takes for a JSON string.
    /// </summary>
    private Task<string> GetTextAsync(ApiOperation operation, CallContext call, Func<string, string> read) =>
        caller.GetAsync(operation, call, operation.Resource, body => read(Encoding.UTF8.GetString(body)), "*/*");

    public Task<string?> GetVersionAsync(CallContext call) =>
        caller.SendAsync<string?>(new ApiOperation("get", "/version", "version"), call, async (client, stop) =>
            (await client.Version.GetCodeAsync(cancellationToken: stop).ConfigureAwait(false)).Required("version").GitVersion);

    public Task<Api.TokenReview> ReviewTokenAsync(string token, IReadOnlyList<string> audiences, CallContext call)
    {
        CredentialsInUse.Add(token);
        return caller.SendAsync(
            new ApiOperation("create", "tokenreviews.authentication.k8s.io", "token review"),
            call,
            async (client, stop) =>
            {
                var review = await client.AuthenticationV1.CreateTokenReviewAsync(
                    body: new V1TokenReview
                    {
                        ApiVersion = "authentication.k8s.io/v1",
                        Kind = "TokenReview",
                        Spec = new V1TokenReviewSpec { Token = token, Audiences = audiences.Count > 0 ? [.. audiences] : null },
                    },
                    cancellationToken: stop).ConfigureAwait(false);

                // The answer's spec may hold the token; only its status goes on. A refusal has no field that says no.
                var status = (review?.Status).Required("status of a token review");
                return new Api.TokenReview(
                    status.Authenticated ?? false,
                    SafeExcerpt.Of(status.Error, SafeExcerpt.Paragraph),
                    Redactor.Redact(status.User?.Username),
                    status.Audiences?.Select(audience => Redactor.Redact(audience)).ToList() ?? []);
            });
    }

    /// <summary>
    /// Servers before 1.28 do not know the review, and tell whoever has no rights on it only that it is forbidden, for
    /// authorization comes before existence.
    /// </summary>
    private static bool IsWithoutReview(KubeApiException failure) => failure.Kind is FailureKind.NotFound or FailureKind.Forbidden;
}
