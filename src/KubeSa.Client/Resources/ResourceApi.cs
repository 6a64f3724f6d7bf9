using System.Globalization;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Http;
using KubeSa.Client.Resources.Watches;

namespace KubeSa.Client.Resources;

/// <summary>Objects of any resource, and requests as users write them.</summary>
internal sealed class ResourceApi(ApiCaller caller, PagedLists lists, Func<WatchTiming> timing) : IResourceApi
{
    /// <summary>One request gets both the server's table and the objects; servers that make no tables send the objects alone.</summary>
    internal const string TableWithObjects = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    private readonly ResourceWatches _watches = new(caller, timing);

    public Task<ResourceItem> GetObjectAsync(ApiResource resource, string? @namespace, string name, CallContext call)
    {
        var operation = AskOf("get", resource, @namespace, name);
        var path = ResourcePaths.WithQuery(ResourcePaths.Object(resource, @namespace, name), ("includeObject", "Object"));
        return caller.SendAsync(operation, call, stop => caller.ExchangeAsync(
            caller.Requests.Get(path, TableWithObjects),
            body => TableJson.ReadPage(body).Items is [var item] ? item : throw new FormatException("An answer does not hold the one object that was asked for."),
            stop));
    }

    public IAsyncEnumerable<Page<ResourceItem>> ListObjectsAsync(ResourceQuery query, CallContext call) => lists.WalkAsync(
        AskOf("list", query.Resource, query.Namespace),
        call,
        (from, stop) => caller.ExchangeAsync(caller.Requests.Get(ListPath(query, from), TableWithObjects), TableJson.ReadPage, stop),
        item => $"{item.Namespace}/{item.Name}",
        item => item);

    public Task<RestAnswer> SendAsync(RestRequest request, CallContext call)
    {
        ApiPaths.Require(request.Path);
        var operation = ApiPaths.AskOf(request.Method, request.Path);
        return caller.SendAsync(operation with { Name = operation.Name ?? request.Creates }, call, async stop =>
        {
            using var response = await caller.AnswerAsync(caller.Requests.Any(request), stop).ConfigureAwait(false);
            return new RestAnswer(((BufferedBody)response.Content).Bytes.ToArray(), response.Content.Headers.ContentType?.MediaType);
        });
    }

    public IAsyncEnumerable<ResourceChanges> WatchObjectsAsync(ResourceWatch watch, CallContext call) => _watches.WatchObjectsAsync(watch, call);

    internal static ApiOperation AskOf(string verb, ApiResource resource, string? @namespace, string? name = null) =>
        new(verb, resource.FullName, ResourceNames.Noun(resource), resource.Namespaced ? @namespace : null, name);

    internal static string ListPath(ResourceQuery query, string? from, int most = PagedLists.PageSize) => ResourcePaths.WithQuery(
        ResourcePaths.Collection(query.Resource, query.Namespace),
        ("includeObject", "Object"),
        ("limit", most == 0 ? null : most.ToString(CultureInfo.InvariantCulture)),
        ("labelSelector", query.LabelSelector),
        ("fieldSelector", query.FieldSelector),
        ("continue", from));
}
