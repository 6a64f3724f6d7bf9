using System.Net;
using System.Runtime.CompilerServices;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeSa.Api;

namespace KubeSa.Client;

internal sealed partial class KubeApi
{
    private const int PageSize = 500;

    /// <summary>
    /// Walks a list page by page while the next page is already on its way. Where the server has forgotten the state
    /// of the list meanwhile (410), goes on behind the last object in the newest state; no object comes twice.
    /// </summary>
    private async IAsyncEnumerable<Page<T>> ListAsync<TObject, TList, T>(
        Ask ask,
        CallContext call,
        Func<Kubernetes, string?, CancellationToken, Task<TList>> fetch,
        Func<TObject, T> map,
        [EnumeratorCancellation] CancellationToken stop = default)
        where TObject : IMetadata<V1ObjectMeta>
        where TList : IMetadata<V1ListMeta>, IItems<TObject>
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(call.Stop, stop);
        var inner = call with { Stop = leave.Token };
        var walk = new ListWalk<TObject>();
        var next = FetchAsync(null);
        try
        {
            while (true)
            {
                var (list, expired) = await next.ConfigureAwait(false);
                if (expired is not null)
                {
                    walk.RestartAfterExpiry(expired, ask);
                    next = FetchAsync(expired.Continue);
                    continue;
                }

                var items = Read(walk, list, map, ask);
                var more = list!.Metadata?.ContinueProperty;
                if (string.IsNullOrEmpty(more))
                {
                    yield return new Page<T>(items, 0);
                    yield break;
                }

                next = FetchAsync(more);
                yield return new Page<T>(items, list.Metadata!.RemainingItemCount);
            }
        }
        finally
        {
            // Whoever wants no more must not leave a request behind that ends after the connection is disposed.
            await leave.CancelAsync().ConfigureAwait(false);
            await next.ContinueWith(
                static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        }

        Task<(TList? List, Answer? Expired)> FetchAsync(string? from) =>
            SendAsync(ask, inner, async (client, token) =>
            {
                try
                {
                    return (await fetch(client, from, token).ConfigureAwait(false), (Answer?)null);
                }
                catch (HttpOperationException failure) when (from is not null && failure.Response.StatusCode == HttpStatusCode.Gone)
                {
                    return ((TList?)default, Answer.From(failure));
                }
            });
    }

    /// <summary>The objects of a page in our words; a failure of the server's where they are none.</summary>
    private List<T> Read<TObject, TList, T>(ListWalk<TObject> walk, TList? list, Func<TObject, T> map, Ask ask)
        where TObject : IMetadata<V1ObjectMeta>
        where TList : IItems<TObject>
    {
        try
        {
            return list is null ? throw new FormatException("A list is null.") : walk.Take(list.Items).Select(map).ToList();
        }
        catch (FormatException failure)
        {
            throw _failures.From(failure, ask);
        }
    }
}
