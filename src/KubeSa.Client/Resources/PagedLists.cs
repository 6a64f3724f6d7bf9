using System.Net;
using System.Runtime.CompilerServices;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Http;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client.Resources;

/// <summary>Lists in pages, whether the client library reads them or we do.</summary>
internal sealed class PagedLists(ApiCaller caller)
{
    /// <summary>How many objects are asked for at a time, as kubectl does.</summary>
    internal const int PageSize = 500;

    /// <summary>Walks a list that the client library reads.</summary>
    internal IAsyncEnumerable<Page<T>> ListAsync<TObject, TList, T>(
        ApiOperation operation, CallContext call, Func<Kubernetes, string?, CancellationToken, Task<TList>> fetch, Func<TObject, T> map)
        where TObject : IMetadata<V1ObjectMeta>
        where TList : IMetadata<V1ListMeta>, IItems<TObject>
    {
        return WalkAsync(operation, call, (from, stop) => FetchAsync(from, caller.Client, stop), KeyOf, Map);

        async Task<ListPage<TObject>> FetchAsync(string? from, Kubernetes client, CancellationToken stop)
        {
            try
            {
                var list = await fetch(client, from, stop).ConfigureAwait(false) ?? throw new FormatException("A list is null.");
                return new ListPage<TObject>([.. list.Items ?? []], list.Metadata?.ContinueProperty, list.Metadata?.RemainingItemCount);
            }
            catch (HttpOperationException failure)
            {
                throw new ApiStatusException(ApiStatus.From(failure));
            }
            catch (Exception failure) when (KubernetesJsonRules.IsUnreadable(failure) && CallScope.Current.Answered.Body is { } body)
            {
                return SplitPage.Read<TObject>(body.Memory);
            }
        }

        T Map(TObject item)
        {
            item.Identified();
            return map(item);
        }

        static string KeyOf(TObject item)
        {
            var metadata = item.Identified();
            return $"{metadata.NamespaceProperty}/{metadata.Name}";
        }
    }

    /// <summary>
    /// Walks a list page by page while the next page is already on its way. Where the server has forgotten the state
    /// of the list meanwhile (410), goes on behind the last object in the newest state; no object comes twice.
    /// </summary>
    internal async IAsyncEnumerable<Page<T>> WalkAsync<TItem, T>(
        ApiOperation operation,
        CallContext call,
        Func<string?, CancellationToken, Task<ListPage<TItem>>> fetch,
        Func<TItem, string> key,
        Func<TItem, T> map,
        [EnumeratorCancellation] CancellationToken stop = default)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(call.Stop, stop);
        var inner = call with { Stop = leave.Token };
        var walk = new ListWalk<TItem>(key);
        var next = FetchAsync(null);
        try
        {
            while (true)
            {
                var (page, expired) = await next.ConfigureAwait(false);
                if (page is null)
                {
                    walk.RestartAfterExpiry(expired!, operation);
                    next = FetchAsync(expired!.Continue);
                    continue;
                }

                var read = Read(walk, page, map, operation);
                if (string.IsNullOrEmpty(page.Continue))
                {
                    yield return read with { Remaining = 0 };
                    yield break;
                }

                if (!walk.GoesOn(page.Continue))
                {
                    yield return read;
                    throw ListWalk<TItem>.Endless(operation);
                }

                next = FetchAsync(page.Continue);
                yield return read;
            }
        }
        finally
        {
            // Whoever wants no more must not leave a request behind that ends after the connection is disposed.
            await leave.CancelAsync().ConfigureAwait(false);
            await next.ContinueWith(
                static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        }

        Task<(ListPage<TItem>? Page, ApiStatus? Expired)> FetchAsync(string? from) =>
            caller.SendAsync(operation, inner, async token =>
            {
                try
                {
                    return (await fetch(from, token).ConfigureAwait(false), (ApiStatus?)null);
                }
                catch (ApiStatusException refused) when (from is not null && refused.Status.Code == HttpStatusCode.Gone)
                {
                    return ((ListPage<TItem>?)null, refused.Status);
                }
            });
    }

    /// <summary>The objects of a page in our words, and a failure for each that is not as Kubernetes writes it.</summary>
    private static Page<T> Read<TItem, T>(ListWalk<TItem> walk, ListPage<TItem> page, Func<TItem, T> map, ApiOperation operation)
    {
        var items = new List<T>(page.Items.Count);
        var failures = page.Unreadable.ToList();
        foreach (var item in page.Items)
        {
            try
            {
                if (walk.IsNew(item))
                {
                    items.Add(map(item));
                }
            }
            catch (FormatException failure)
            {
                failures.Add(failure.Message);
            }
        }

        return new Page<T>(items, page.Remaining) { Failures = [.. failures.Select(why => Unreadable(operation, why))] };
    }

    private static KubeApiException Unreadable(ApiOperation operation, string why) => new(
        FailureKind.ProtocolError,
        $"In the list of {operation.Resource} {operation.Scope} an object is not as Kubernetes writes it and was left out: {why} The others are listed.",
        operation.Target ?? operation.Resource);
}
