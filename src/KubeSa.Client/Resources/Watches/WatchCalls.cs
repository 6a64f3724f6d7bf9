using KubeSa.Api;

namespace KubeSa.Client.Resources.Watches;

/// <summary>What a watch asks the server. Each fails with KubeApiException, or with OperationCanceledException where it is stopped.</summary>
/// <param name="List">A page of the list: where it begins, and how many objects it may hold, 0 for all.</param>
/// <param name="Open">A watch from a version on, for a time; its answer is read as it comes.</param>
/// <param name="Translate">What breaks while an answer is read, in our own words.</param>
internal sealed record WatchCalls(
    Func<string?, int, CancellationToken, Task<ListPage<ResourceItem>>> List,
    Func<string, TimeSpan, CancellationToken, Task<HttpResponseMessage>> Open,
    Func<Exception, KubeApiException> Translate);
