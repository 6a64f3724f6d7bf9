using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources.Discovery;

namespace KubeSa.Client;

internal sealed partial class KubeApi
{
    private const string MetadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    private readonly ResourceResolver _resources;

    public Task<ResourceLookup> FindResourceAsync(ResourceArgument argument, CallContext call) => _resources.FindAsync(argument, call);

    public Task<IReadOnlyList<ApiResource>> ListResourcesAsync(CallContext call) => _resources.ListAsync(call);

    public async Task<List<string>> ListNamesAsync(ApiResource resource, string? @namespace, string? fieldSelector, CallContext call)
    {
        var scope = resource.Namespaced && @namespace is not null ? $"namespaces/{Uri.EscapeDataString(@namespace)}/" : string.Empty;
        var fields = fieldSelector is null ? string.Empty : $"&fieldSelector={Uri.EscapeDataString(fieldSelector)}";
        var list = await GetDiscoveryAsync($"{resource.ApiPath}/{scope}{resource.Name}?limit={PageSize}{fields}", MetadataOnly, call).ConfigureAwait(false);
        return [.. DiscoveryJson.Items(list, "items").Select(item => DiscoveryJson.Text(DiscoveryJson.Child(item, "metadata"), "name")).OfType<string>()];
    }

    private Task<JsonElement> GetDiscoveryAsync(string path, string accept, CallContext call)
    {
        var operation = new ApiOperation("get", $"/{path}", "list of resources");
        return SendAsync(operation, call, async (client, stop) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(client.BaseUri, path));
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var response = await client.HttpClient.SendAsync(request, stop).ConfigureAwait(false);
            var body = await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new ApiStatusException(ApiStatus.From(response.StatusCode, body, RetryAfter.Of(response.Headers.RetryAfter)));
            }

            using var json = JsonDocument.Parse(body);
            return json.RootElement.Clone();
        });
    }
}
