using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Discovery;
using KubeSa.Client.Http;

namespace KubeSa.Client;

internal sealed partial class KubeApi
{
    private readonly ResourceResolver _resources;

    public Task<ResourceLookup> FindResourceAsync(ResourceArgument argument, CallContext call) => _resources.FindAsync(argument, call);

    public Task<IReadOnlyList<ApiResource>> ListResourcesAsync(CallContext call) => _resources.ListAsync(call);

    private Task<JsonElement> GetDiscoveryAsync(string path, string accept, CallContext call)
    {
        var ask = new Ask("get", $"/{path}", "list of resources");
        return SendAsync(ask, call, async (client, stop) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(client.BaseUri, path));
            request.Headers.TryAddWithoutValidation("Accept", accept);
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
