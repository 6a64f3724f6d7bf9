using System.Globalization;
using KubeSa.Api;
using KubeSa.Client.Http;

namespace KubeSa.Client.Resources.Watches;

/// <summary>Watches objects of any resource.</summary>
/// <param name="caller">The way to the server.</param>
/// <param name="timing">How long the parts of watches take.</param>
internal sealed class ResourceWatches(ApiCaller caller, Func<WatchTiming> timing)
{
    internal async IAsyncEnumerable<ResourceChanges> WatchObjectsAsync(ResourceWatch watch, CallContext call)
    {
        var (query, operation) = (watch.Query, ResourceApi.AskOf("watch", watch.Query.Resource, watch.Query.Namespace));
        if (query.Resource.Verbs is { Count: > 0 } verbs && !verbs.Contains("watch"))
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"{query.Resource.FullName} cannot be watched: the server does not offer it. Ask for them again and again with Get-KubeResource instead.", query.Resource.FullName);
        }

        var calls = new WatchCalls(
            (from, most, stop) => caller.SendAsync(
                operation with { Verb = "list" },
                call with { Stop = stop },
                token => caller.ExchangeAsync(caller.Requests.Get(ResourceApi.ListPath(query, from, most), ResourceApi.TableWithObjects), TableJson.ReadPage, token)),
            (version, period, stop) => caller.SendAsync(operation, call with { Stop = stop }, token => StreamAsync(caller.Requests.Get(WatchPath(query, version, period), ResourceApi.TableWithObjects), token)),
            failure => caller.Explain(failure, operation));
        using var session = new WatchSession(watch, operation, calls, timing(), call);
        while (await session.NextAsync().ConfigureAwait(false) is { } changes)
        {
            yield return changes;
        }
    }

    /// <summary>Sends a request whose answer is read as it comes, by whoever gets it.</summary>
    private Task<HttpResponseMessage> StreamAsync(HttpRequestMessage request, CancellationToken stop)
    {
        request.Options.Set(BodyHandler.Streams, true);
        return caller.AnswerAsync(request, stop);
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
