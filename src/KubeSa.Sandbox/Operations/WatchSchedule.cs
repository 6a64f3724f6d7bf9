using System.Globalization;
using System.Threading.Channels;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Operations;

/// <summary>When a watch ends, and when bookmarks are due before: two and one seconds before the end.</summary>
internal sealed class WatchSchedule
{
    private static readonly TimeSpan Default = TimeSpan.FromMinutes(40);

    private readonly TimeProvider _time;
    private readonly DateTimeOffset _end;
    private readonly Queue<DateTimeOffset> _bookmarks = new();

    public WatchSchedule(ApiRequest request)
    {
        _time = request.State.Time;
        var given = int.TryParse(request.Info.Parameter("timeoutSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        _end = _time.GetUtcNow() + (given && seconds > 0 ? TimeSpan.FromSeconds(seconds) : Default);
        var wanted = RequestInfo.IsTrue(request.Info.Parameter("allowWatchBookmarks"));
        if (wanted && !RequestInfo.IsTrue(request.Info.Parameter("sendInitialEvents")))
        {
            _bookmarks.Enqueue(_end - TimeSpan.FromSeconds(2));
            _bookmarks.Enqueue(_end - TimeSpan.FromSeconds(1));
        }
    }

    public bool IsOver => _time.GetUtcNow() >= _end;

    public int TakeDueBookmarks()
    {
        var due = 0;
        while (_bookmarks.TryPeek(out var at) && at <= _time.GetUtcNow())
        {
            _bookmarks.Dequeue();
            due++;
        }

        return due;
    }

    /// <summary>Waits for a change or for the next thing that is due.</summary>
    public async Task WaitAsync(ChannelReader<StoreEvent> events, CancellationToken aborted)
    {
        var next = _bookmarks.TryPeek(out var bookmark) ? bookmark : _end;
        var delay = next - _time.GetUtcNow();
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        using var due = new CancellationTokenSource(delay, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, aborted);
        try
        {
            await events.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // Something is due; the caller looks what.
        }
    }
}
