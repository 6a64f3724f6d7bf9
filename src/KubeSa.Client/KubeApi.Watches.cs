using System.Globalization;
using System.Text;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Http;
using KubeSa.Client.Resources;
using KubeSa.Client.Resources.Watches;

namespace KubeSa.Client;

internal sealed partial class KubeApi
{
    /// <summary>How long the parts of watches take.</summary>
    internal WatchTiming Watches { get => field ?? new WatchTiming { Patience = _config.Timeout }; init; }

    public async IAsyncEnumerable<ResourceChanges> WatchObjectsAsync(ResourceWatch watch, CallContext call)
    {
        var (query, operation) = (watch.Query, AskOf("watch", watch.Query.Resource, watch.Query.Namespace));
        if (query.Resource.Verbs is { Count: > 0 } verbs && !verbs.Contains("watch"))
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"{query.Resource.FullName} cannot be watched: the server does not offer it. Ask for them again and again with Get-KubeResource instead.", query.Resource.FullName);
        }

        var calls = new WatchCalls(
            (from, most, stop) => SendAsync(
                operation with { Verb = "list" },
                call with { Stop = stop },
                token => ExchangeAsync(_requests.Get(ListPath(query, from, most), TableWithObjects), TableJson.ReadPage, token)),
            (version, period, stop) => SendAsync(operation, call with { Stop = stop }, token => StreamAsync(_requests.Get(WatchPath(query, version, period), TableWithObjects), token)),
            failure => _errors.From(failure, operation));
        using var session = new WatchSession(watch, operation, calls, Watches, call);
        while (await session.NextAsync().ConfigureAwait(false) is { } changes)
        {
            yield return changes;
        }
    }

    /// <summary>Sends a request whose answer is read as it comes, by whoever gets it.</summary>
    private async Task<HttpResponseMessage> StreamAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using (request)
        {
            request.Options.Set(BodyHandler.Streams, true);
            var response = await _transport.Value.SendAsync(request, stop).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                var body = ((BufferedBody)response.Content).Bytes;
                throw new ApiStatusException(ApiStatus.From(response.StatusCode, Encoding.UTF8.GetString(body), RetryAfter.Of(response.Headers.RetryAfter)));
            }
        }
    }

    private static string WatchPath(ResourceQuery query, string version, TimeSpan period) => ResourcePaths.WithQuery(
        ResourcePaths.Collection(query.Resource, query.Namespace),
        ("includeObject", "Object"),
        ("watch", "true"),
        ("allowWatchBookmarks", "true"),
        ("resourceVersion", version),
        ("timeoutSeconds", ((int)Math.Max(1, Math.Ceiling(period.TotalSeconds))).ToString(CultureInfo.InvariantCulture)),
        ("labelSelector", query.LabelSelector),
        ("fieldSelector", query.FieldSelector));
}
