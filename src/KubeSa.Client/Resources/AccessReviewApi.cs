using k8s;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client.Resources;

/// <summary>Questions to the server's own authorizer.</summary>
internal sealed class AccessReviewApi(ApiCaller caller) : IAccessApi
{
    public Task<AccessDecision> ReviewAccessAsync(AccessRequest request, CallContext call) => request.User is null
        ? caller.SendAsync(
            new ApiOperation("create", "selfsubjectaccessreviews.authorization.k8s.io", "access review"),
            call,
            async (client, stop) => AccessReviews.ToModel(request, (await client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(
                body: AccessReviews.AboutUs(request), cancellationToken: stop).ConfigureAwait(false))?.Status))
        : caller.SendAsync(
            new ApiOperation("create", "subjectaccessreviews.authorization.k8s.io", "access review"),
            call,
            async (client, stop) => AccessReviews.ToModel(request, (await client.AuthorizationV1.CreateSubjectAccessReviewAsync(
                body: AccessReviews.AboutUser(request), cancellationToken: stop).ConfigureAwait(false))?.Status));

    public Task<OwnRules> ReviewRulesAsync(string ns, Impersonation? impersonation, CallContext call) => caller.SendAsync(
        new ApiOperation("create", "selfsubjectrulesreviews.authorization.k8s.io", "review of our rules"),
        call,
        async (client, stop) => AccessReviews.ToModel((await client.AuthorizationV1.CreateSelfSubjectRulesReviewAsync(
            body: AccessReviews.AboutOurRules(ns), cancellationToken: stop).ConfigureAwait(false))?.Status),
        ImpersonationHeaders.From(impersonation));
}
