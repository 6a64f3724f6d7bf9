using System.Net.Http.Headers;
using System.Text.Json;
using k8s;
using KubeSa.Api;
using KubeSa.Client.Http;
using KubeSa.Client.Mapping;

namespace KubeSa.Client;

internal sealed partial class KubeApi
{
    private readonly ResourceNames _resources = new();

    public Task<AccessDecision> ReviewAccessAsync(AccessRequest request, CallContext call) => request.User is null
        ? SendAsync(
            new Ask("create", "selfsubjectaccessreviews.authorization.k8s.io", "access review"),
            call,
            async (client, stop) => AccessReviews.ToModel(request, (await client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(
                body: AccessReviews.AboutUs(request), cancellationToken: stop).ConfigureAwait(false)).Status))
        : SendAsync(
            new Ask("create", "subjectaccessreviews.authorization.k8s.io", "access review"),
            call,
            async (client, stop) => AccessReviews.ToModel(request, (await client.AuthorizationV1.CreateSubjectAccessReviewAsync(
                body: AccessReviews.AboutUser(request), cancellationToken: stop).ConfigureAwait(false)).Status));

    public async Task<ApiResource?> FindResourceAsync(string name, string? group, CallContext call)
    {
        try
        {
            return await _resources.FindAsync(name, group, path => GetDiscoveryAsync(path, call)).ConfigureAwait(false);
        }
        catch (KubeApiException failure) when (failure.Kind is FailureKind.Forbidden or FailureKind.NotFound or FailureKind.ProtocolError or FailureKind.ServerError)
        {
            // A question about rights can be asked without it; the caller says that the name could not be looked up.
            call.Notify(new VerboseNotice($"What '{name}' is could not be looked up: {failure.Message}"));
            return null;
        }
    }

    public Task<IReadOnlyList<ApiResource>> ListResourcesAsync(CallContext call) =>
        _resources.ListAsync(path => GetDiscoveryAsync(path, call));

    private Task<JsonElement> GetDiscoveryAsync(string path, CallContext call)
    {
        var ask = new Ask("get", $"/{path}", "list of resources");
        return SendAsync(ask, call, async (client, stop) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(client.BaseUri, path));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await client.HttpClient.SendAsync(request, stop).ConfigureAwait(false);
            var body = await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw Refusals.From(Answer.From(response.StatusCode, body, RetryAfter.Of(response.Headers.RetryAfter)), ask, _access);
            }

            using var json = JsonDocument.Parse(body);
            return json.RootElement.Clone();
        });
    }
}
