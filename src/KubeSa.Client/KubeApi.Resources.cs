using System.Globalization;
using System.Text;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Http;
using KubeSa.Client.Resources;

namespace KubeSa.Client;

internal sealed partial class KubeApi
{
    /// <summary>One request gets both the server's table and the objects; servers that make no tables send the objects alone.</summary>
    private const string TableWithObjects = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    public Task<ResourceItem> GetObjectAsync(ApiResource resource, string? @namespace, string name, CallContext call)
    {
        var operation = AskOf("get", resource, @namespace, name);
        var path = ResourcePaths.WithQuery(ResourcePaths.Object(resource, @namespace, name), ("includeObject", "Object"));
        return SendAsync(operation, call, stop => ExchangeAsync(
            _requests.Get(path, TableWithObjects),
            body => TableJson.ReadPage(body).Items is [var item] ? item : throw new FormatException("An answer does not hold the one object that was asked for."),
            stop));
    }

    public IAsyncEnumerable<Page<ResourceItem>> ListObjectsAsync(ResourceQuery query, CallContext call) => WalkAsync(
        AskOf("list", query.Resource, query.Namespace),
        call,
        (from, stop) => ExchangeAsync(_requests.Get(ListPath(query, from), TableWithObjects), TableJson.ReadPage, stop),
        item => $"{item.Namespace}/{item.Name}",
        item => item);

    public Task<RestAnswer> SendAsync(RestRequest request, CallContext call)
    {
        ApiPaths.Require(request.Path);
        var operation = ApiPaths.AskOf(request.Method, request.Path);
        return SendAsync(operation with { Name = operation.Name ?? request.Creates }, call, async stop =>
        {
            using var message = _requests.Any(request);
            using var response = await _transport.Value.SendAsync(message, stop).ConfigureAwait(false);
            var body = ((BufferedBody)response.Content).Bytes.ToArray();
            return response.IsSuccessStatusCode
                ? new RestAnswer(body, response.Content.Headers.ContentType?.MediaType)
                : throw new ApiStatusException(ApiStatus.From(response.StatusCode, Encoding.UTF8.GetString(body), RetryAfter.Of(response.Headers.RetryAfter)));
        });
    }

    private static ApiOperation AskOf(string verb, ApiResource resource, string? @namespace, string? name = null) =>
        new(verb, resource.FullName, ResourceNames.Noun(resource), resource.Namespaced ? @namespace : null, name);

    private static string ListPath(ResourceQuery query, string? from, int most = PageSize) => ResourcePaths.WithQuery(
        ResourcePaths.Collection(query.Resource, query.Namespace),
        ("includeObject", "Object"),
        ("limit", most == 0 ? null : most.ToString(CultureInfo.InvariantCulture)),
        ("labelSelector", query.LabelSelector),
        ("fieldSelector", query.FieldSelector),
        ("continue", from));
}
