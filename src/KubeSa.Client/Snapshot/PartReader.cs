using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using KubeSa.Analysis.Snapshot;
using KubeSa.Api;

namespace KubeSa.Client.Snapshot;

/// <summary>
/// Reads the lists of a snapshot side by side. What the caller may not list in the whole cluster is tried namespace by namespace; what
/// cannot be read is noted, and ends the others only where none of them would fare better.
/// </summary>
internal sealed class PartReader(SnapshotApi lists, ConnectionInfo info, CallContext call) : IDisposable
{
    // As many as a server gladly answers to one client at a time.
    private const int AtATime = 8;

    // Of a part of which nothing could be read in so many namespaces, nothing is tried in the thousands that may follow.
    private const int MostVainTries = 25;

    private readonly SemaphoreSlim _turns = new(AtATime);
    private readonly CancellationTokenSource _leave = CancellationTokenSource.CreateLinkedTokenSource(call.Stop);
    private readonly ConcurrentQueue<NotRead> _notRead = new();
    private readonly ConcurrentBag<Task> _all = [];
    private KubeApiException? _fatal;
    private KubeApiException? _first;
    private int _begun;
    private int _done;
    private int _read;

    /// <summary>The namespaces to try one by one; set before the first list that may need them.</summary>
    internal Task<IReadOnlyList<SnapshotNamespace>>? NamesForForbidden { get; set; }

    /// <summary>What could not be read, in an order that is the same each time.</summary>
    internal IReadOnlyList<NotRead> NotRead =>
        [.. _notRead.Distinct().OrderBy(part => part.Resource, StringComparer.Ordinal).ThenBy(part => part.Namespace, StringComparer.Ordinal)];

    private CallContext Inner => call with { Stop = _leave.Token };

    public void Dispose()
    {
        _turns.Dispose();
        _leave.Dispose();
    }

    /// <summary>
    /// Runs what reads them, and leaves none behind however it ends. Throws where the server cannot be asked at all, or lets nothing be read.
    /// </summary>
    internal async Task<T> RunAsync<T>(Func<Task<T>> gather)
    {
        try
        {
            var gathered = await gather().ConfigureAwait(false);
            return _read == 0 && _first is { } first ? throw first : gathered;
        }
        catch (OperationCanceledException) when (_fatal is { } fatal && !call.Stop.IsCancellationRequested)
        {
            throw fatal;
        }
        finally
        {
            await _leave.CancelAsync().ConfigureAwait(false);
            while (_all.Any(task => !task.IsCompleted))
            {
                await Task.WhenAll(_all).ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
            }
        }
    }

    /// <summary>All objects of a list; where it cannot be read, what could be, and a note.</summary>
    internal Task<IReadOnlyList<T>> ReadAsync<T>(PartList<T> list)
        where T : class => ReadAsync(list, null);

    /// <summary>The same of one namespace.</summary>
    internal Task<IReadOnlyList<T>> ReadAsync<T>(PartList<T> list, string? @namespace)
        where T : class => Begin(async () =>
    {
        var found = new List<T>();
        if (await TryAsync(list, @namespace, found).ConfigureAwait(false) is { } failure)
        {
            if (failure.Kind == FailureKind.Forbidden && list.Namespaced && @namespace is null)
            {
                await ByNamespaceAsync(list, found, failure).ConfigureAwait(false);
            }
            else
            {
                Note(list.Part, @namespace, failure);
            }
        }

        return (IReadOnlyList<T>)found;
    });

    /// <summary>Something that is not a list; null where it cannot be read.</summary>
    internal Task<T?> OneAsync<T>(string part, Func<CallContext, Task<T?>> read)
        where T : class => Begin(async () =>
    {
        try
        {
            return await TakeTurnAsync(() => read(Inner)).ConfigureAwait(false);
        }
        catch (KubeApiException failure)
        {
            Note(part, null, failure);
            return null;
        }
        catch (JsonException)
        {
            Note(part, null, new KubeApiException(FailureKind.ProtocolError, $"What {part} answers is not JSON.", part));
            return null;
        }
    });

    private Task<T> Begin<T>(Func<Task<T>> read)
    {
        Interlocked.Increment(ref _begun);
        var task = Task.Run(async () =>
        {
            try
            {
                return await read().ConfigureAwait(false);
            }
            finally
            {
                var done = Interlocked.Increment(ref _done);
                call.Notify(new ProgressNotice(
                    $"Reading {info.Context ?? info.Server}", string.Create(CultureInfo.CurrentCulture, $"{done} of {_begun} lists read"), 100 * done / Math.Max(1, _begun), done == _begun));
            }
        });
        _all.Add(task);
        return task;
    }

    private async Task ByNamespaceAsync<T>(PartList<T> list, List<T> found, KubeApiException forbidden)
        where T : class
    {
        var (vain, any) = (new List<(string Namespace, KubeApiException Failure)>(), false);
        foreach (var ns in NamesForForbidden is null ? [] : await NamesForForbidden.ConfigureAwait(false))
        {
            if (!any && vain.Count >= MostVainTries)
            {
                break;
            }

            if (await TryAsync(list, ns.Name, found).ConfigureAwait(false) is { } failure)
            {
                vain.Add((ns.Name, failure));
            }
            else
            {
                any = true;
            }
        }

        if (!any)
        {
            Note(list.Part, null, forbidden);
            return;
        }

        vain.ForEach(tried => Note(list.Part, tried.Namespace, tried.Failure));
    }

    /// <summary>Null where it could be read to the end, or where the server does not have such objects.</summary>
    private async Task<KubeApiException?> TryAsync<T>(PartList<T> list, string? ns, List<T> found)
        where T : class
    {
        foreach (var version in list.Paths)
        {
            try
            {
                await TakeTurnAsync(async () =>
                {
                    await foreach (var page in lists.ListPartAsync(list, version, ns, Inner).ConfigureAwait(false))
                    {
                        found.AddRange(page.Items);
                        foreach (var bad in page.Failures)
                        {
                            Note(list.Part, ns, bad);
                        }
                    }

                    return true;
                }).ConfigureAwait(false);
                Interlocked.Increment(ref _read);
                return null;
            }
            catch (KubeApiException failure) when (failure.Kind is FailureKind.NotFound or FailureKind.NamespaceNotFound)
            {
                // The next version, or the server has none, or the namespace went away meanwhile.
            }
            catch (KubeApiException failure)
            {
                EndAllWhere(failure);
                return failure;
            }
        }

        return null;
    }

    private async Task<T> TakeTurnAsync<T>(Func<Task<T>> work)
    {
        await _turns.WaitAsync(_leave.Token).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Where the server cannot be reached or does not know the caller, the other lists would fail the same way.</summary>
    private void EndAllWhere(KubeApiException failure)
    {
        if (failure.Kind is not (FailureKind.Forbidden or FailureKind.TimedOut or FailureKind.ServerError or FailureKind.TooManyRequests or FailureKind.ProtocolError or FailureKind.InvalidRequest))
        {
            Interlocked.CompareExchange(ref _fatal, failure, null);
            _leave.Cancel();
        }
    }

    private void Note(string part, string? ns, KubeApiException failure)
    {
        Interlocked.CompareExchange(ref _first, failure, null);
        _notRead.Enqueue(new NotRead(part, ns, failure.Kind.ToString(), failure.Message));
    }
}
