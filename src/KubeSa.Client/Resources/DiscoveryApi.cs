using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources.Discovery;

namespace KubeSa.Client.Resources;

/// <summary>The resources that the server has.</summary>
internal sealed class DiscoveryApi(ApiCaller caller) : IDiscoveryApi
{
    private const string MetadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    private readonly ResourceResolver _resources = new(call => DiscoveryReader.ReadAsync((path, accept) => GetAsync(caller, path, accept, call)));

    public Task<ResourceLookup> FindResourceAsync(ResourceArgument argument, CallContext call) => _resources.FindAsync(argument, call);

    public Task<IReadOnlyList<ApiResource>> ListResourcesAsync(CallContext call) => _resources.ListAsync(call);

    public async Task<List<string>> ListNamesAsync(ApiResource resource, string? @namespace, string? fieldSelector, CallContext call)
    {
        var scope = resource.Namespaced && @namespace is not null ? $"namespaces/{Uri.EscapeDataString(@namespace)}/" : string.Empty;
        var fields = fieldSelector is null ? string.Empty : $"&fieldSelector={Uri.EscapeDataString(fieldSelector)}";
        var list = await GetAsync(caller, $"{resource.ApiPath}/{scope}{resource.Name}?limit={PagedLists.PageSize}{fields}", MetadataOnly, call).ConfigureAwait(false);
        return [.. DiscoveryJson.Items(list, "items").Select(item => DiscoveryJson.Text(DiscoveryJson.Child(item, "metadata"), "name")).OfType<string>()];
    }

    private static Task<JsonElement> GetAsync(ApiCaller caller, string path, string accept, CallContext call) => caller.GetAsync(
        new ApiOperation("get", $"/{path}", "list of resources"),
        call,
        $"/{path}",
        body =>
        {
            using var json = JsonDocument.Parse(body.ToArray());
            return json.RootElement.Clone();
        },
        accept);
}
