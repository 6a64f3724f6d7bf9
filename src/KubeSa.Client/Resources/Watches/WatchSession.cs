using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Errors;

namespace KubeSa.Client.Resources.Watches;

/// <summary>
/// One watch from its beginning to its end: a list, then the changes since, for as long as they can be followed without a gap;
/// where they cannot, the list again, compared with what was told before.
/// </summary>
/// <param name="watch">What is watched.</param>
/// <param name="operation">The same for the words of failures.</param>
/// <param name="calls">The way to the server.</param>
/// <param name="timing">How long things take.</param>
/// <param name="call">Whose call it is.</param>
internal sealed class WatchSession(ResourceWatch watch, ApiOperation operation, WatchCalls calls, WatchTiming timing, CallContext call) : IDisposable
{
    private readonly CancellationTokenSource _limit = Limited(watch.Limit, call.Stop);
    private readonly WatchedObjects _objects = new(watch);
    private readonly WatchTrouble _trouble = new(timing, $"The watch of {operation.Resource} {operation.Scope}", call);
    private WatchedList? _list;
    private WatchConnection? _stream;

    // How far the changes have been told; null where only a list can say how things stand.
    private string? _version;
    private KubeApiException? _next;
    private bool _mayBeAnother;
    private long _closed;
    private int _expiries;

    public void Dispose()
    {
        Close();
        _limit.Dispose();
    }

    /// <summary>Waits for the next changes; null when the time is over.</summary>
    internal async Task<ResourceChanges?> NextAsync()
    {
        try
        {
            while (true)
            {
                try
                {
                    if (await StepAsync(_limit.Token).ConfigureAwait(false) is { } changes)
                    {
                        return changes;
                    }
                }
                catch (KubeApiException failure)
                {
                    Close();
                    _mayBeAnother = true;
                    await _trouble.WaitAsync(failure, _limit.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_limit.IsCancellationRequested && !call.Stop.IsCancellationRequested)
        {
            return AtLimit();
        }
    }

    private static CancellationTokenSource Limited(TimeSpan? limit, CancellationToken stop)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (limit is { } time)
        {
            source.CancelAfter(time);
        }

        return source;
    }

    /// <summary>The end, where all is well; else why it is not known what happened lately.</summary>
    private ResourceChanges? AtLimit()
    {
        if (_stream is null && _trouble.Failure is { } failure)
        {
            throw failure;
        }

        if (!_trouble.HasListed)
        {
            throw TimedOut(string.Create(CultureInfo.InvariantCulture, $"The list of {operation.Resource} {operation.Scope} was not complete after {watch.Limit!.Value.TotalSeconds:0.#} s. Allow more time with -TimeoutSeconds, or ask for less (-Namespace, -LabelSelector)."));
        }

        return _stream is not null || Stopwatch.GetElapsedTime(_closed) < timing.Shortest
            ? null
            : throw TimedOut(string.Create(CultureInfo.InvariantCulture, $"The watch of {operation.Resource} {operation.Scope} could not be gone on with in time: what happened in the last {Stopwatch.GetElapsedTime(_closed).TotalSeconds:0.#} s is not known."));
    }

    private KubeApiException TimedOut(string message) => new(FailureKind.TimedOut, message, operation.Target ?? operation.Resource);

    private async Task<ResourceChanges?> StepAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (_next is { } failure)
        {
            _next = null;
            throw failure;
        }

        if (_version is null)
        {
            return await ListAsync(stop).ConfigureAwait(false);
        }

        if (_stream is not null)
        {
            return await FollowAsync(_stream, stop).ConfigureAwait(false);
        }

        if (_mayBeAnother && await HasGoneBackAsync(_version, stop).ConfigureAwait(false))
        {
            _version = null;
            return null;
        }

        try
        {
            var period = timing.NextPeriod();
            var response = await calls.Open(_version, period, stop).ConfigureAwait(false);
            _stream = await WatchConnection.OpenAsync(response, calls, period + timing.Grace, stop).ConfigureAwait(false);
            (_trouble.HasWatched, _mayBeAnother) = (true, false);
        }
        catch (KubeApiException expired) when (expired.StatusCode == 410)
        {
            Expire();
        }

        return null;
    }

    private async Task<ResourceChanges?> ListAsync(CancellationToken stop)
    {
        if (_list is null)
        {
            _list = new WatchedList(calls, operation);
            _objects.BeginList();
        }

        if (await _list.NextAsync(stop).ConfigureAwait(false) is not { } page)
        {
            _objects.BeginList();
            return null;
        }

        var (changes, failures) = (new List<ResourceChange>(), page.Unreadable.ToList());
        foreach (var item in page.Items)
        {
            Take(item, isDeletion: false, changes, failures);
        }

        _list.IsComplete &= failures.Count == 0;
        if (!_list.IsAtEnd)
        {
            return Told(changes, failures);
        }

        // Of an object that cannot be read it is not known which one it is, so none is taken for deleted.
        if (_list.IsComplete)
        {
            _objects.EndList(changes);
        }

        var isFirst = !_trouble.HasListed;
        (_version, _list, _trouble.HasListed, _mayBeAnother, _closed) = (_list.Version, null, true, false, Stopwatch.GetTimestamp());
        return Told(changes, failures) with { EndsList = isFirst };
    }

    /// <summary>
    /// Whether the server is at an earlier version than this watch: its store was put back to a copy or made again. It would
    /// tell nothing until it has caught up, and then as if nothing had happened.
    /// </summary>
    private async Task<bool> HasGoneBackAsync(string version, CancellationToken stop)
    {
        var now = await calls.List(null, 1, stop).ConfigureAwait(false);
        return ulong.TryParse(now.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var theirs)
            && ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var ours)
            && theirs < ours;
    }

    private async Task<ResourceChanges?> FollowAsync(WatchConnection stream, CancellationToken stop)
    {
        var lines = await ReadAsync(stream, stop).ConfigureAwait(false);
        if (lines is null)
        {
            _mayBeAnother |= stream.IsOverdue;
            Close();
            return null;
        }

        var (changes, failures) = (new List<ResourceChange>(), new List<string>());
        foreach (var line in lines)
        {
            try
            {
                if (!Follow(WatchMessage.Read(line.Span, _objects.Table), changes, failures))
                {
                    break;
                }
            }
            catch (Exception garbage) when (garbage is FormatException or JsonException)
            {
                // What came before it counts; it is read again from there.
                _next = calls.Translate(garbage);
                break;
            }
        }

        return changes.Count + failures.Count == 0 ? null : Told(changes, failures);
    }

    /// <summary>The next lines. A watch that has lasted works, unless the last was broken off for what it brought.</summary>
    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadAsync(WatchConnection stream, CancellationToken stop)
    {
        var reading = stream.ReadAsync();
        if (_trouble.Failure is { Kind: not FailureKind.ProtocolError })
        {
            await Task.WhenAny(reading, Task.Delay(timing.Shortest, stop)).ConfigureAwait(false);
            if (!reading.IsCompleted)
            {
                _trouble.End();
            }
        }

        var lines = await reading.ConfigureAwait(false);
        if (lines is null && !stream.HasBroughtAnything && stream.Age < timing.Shortest)
        {
            throw new KubeApiException(
                FailureKind.ConnectionReset,
                $"The watch of {operation.Resource} {operation.Scope} ends as soon as it has begun. See what stands between this machine and the API server.",
                operation.Target ?? operation.Resource);
        }

        return lines;
    }

    /// <summary>Takes a line; false where it is the last.</summary>
    private bool Follow(WatchMessage message, List<ResourceChange> changes, List<string> failures)
    {
        if (message is WatchEnd end)
        {
            Close();
            Expire(end);
            return false;
        }

        _trouble.End();
        _expiries = 0;
        if (message is WatchMark mark)
        {
            _version = mark.Version;
        }
        else if (message is WatchedChange change)
        {
            failures.AddRange(change.Unreadable);
            foreach (var item in change.Items)
            {
                _version = Take(item, change.IsDeletion, changes, failures) ?? _version;
            }

            _version = change.Version ?? _version;
        }

        return true;
    }

    /// <summary>Takes an object; its version, or null where it cannot be read.</summary>
    private string? Take(ResourceItem item, bool isDeletion, List<ResourceChange> changes, List<string> failures)
    {
        try
        {
            return _objects.Take(item, isDeletion, changes);
        }
        catch (FormatException failure)
        {
            failures.Add(failure.Message);
            return null;
        }
    }

    /// <summary>Begins again with a list, which tells for certain how things stand; with a pause where that did not help the last time.</summary>
    private void Expire(WatchEnd? end = null)
    {
        _version = null;
        if (++_expiries > 1 || end is { IsExpired: false })
        {
            _next = new KubeApiException(
                FailureKind.ServerError,
                $"The server ended the watch of {operation.Resource} {operation.Scope}{end?.Reason}.",
                operation.Target ?? operation.Resource);
        }
    }

    private void Close()
    {
        if (_stream is not null)
        {
            _stream.Dispose();
            (_stream, _closed) = (null, Stopwatch.GetTimestamp());
        }
    }

    private ResourceChanges Told(IReadOnlyList<ResourceChange> changes, List<string> failures) => new(changes)
    {
        Failures = [.. failures.Select(why => new KubeApiException(
            FailureKind.ProtocolError,
            $"In the watch of {operation.Resource} {operation.Scope} an object is not as Kubernetes writes it and was left out: {why} The others are told.",
            operation.Target ?? operation.Resource))],
    };
}
