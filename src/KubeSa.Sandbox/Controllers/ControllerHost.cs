using System.Threading.Channels;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Controllers;

/// <summary>Runs the controllers: every change goes to each of them, in order, on one background task.</summary>
public sealed class ControllerHost : IDelayedWork, IAsyncDisposable
{
    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>();
    private readonly PriorityQueue<(Action Work, ITimer Timer), DateTimeOffset> _later = new();
    private readonly List<IController> _controllers = [];
    private readonly ResourceStore _store;
    private readonly TimeProvider _time;
    private Task _running = Task.CompletedTask;

    internal ControllerHost(ResourceStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
    }

    /// <summary>Adds a controller; before Start.</summary>
    internal void Add(IController controller) => _controllers.Add(controller);

    internal void Start()
    {
        _store.Committed += Enqueue;
        _running = RunAsync();
    }

    /// <summary>Runs after a delay, on the task of the controllers.</summary>
    public void After(TimeSpan delay, Action work)
    {
        lock (_later)
        {
            // The timer may ring before the clock shows that time, and it rings once: it asks for what was due by then.
            var due = _time.GetUtcNow() + delay;
            var timer = _time.CreateTimer(_ => _work.Writer.TryWrite(() => RunDue(due)), null, delay, Timeout.InfiniteTimeSpan);
            _later.Enqueue((work, timer), due);
        }
    }

    /// <summary>
    /// Completes when every change so far has been seen and all that followed from it is done; with
    /// <paramref name="evenLater"/> what is due later is done now.
    /// </summary>
    public async Task SettleAsync(bool evenLater = false)
    {
        long seen;
        do
        {
            seen = _store.Revision;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_work.Writer.TryWrite(() => Drain(evenLater, done)))
            {
                return;
            }

            await await Task.WhenAny(done.Task, _running);
        }
        while (_store.Revision != seen);
    }

    public async ValueTask DisposeAsync()
    {
        _store.Committed -= Enqueue;
        _work.Writer.TryComplete();
        await _running;
    }

    private void Enqueue(StoreEvent change) => _work.Writer.TryWrite(() =>
    {
        foreach (var controller in _controllers)
        {
            controller.OnChange(change, this);
        }
    });

    private async Task RunAsync()
    {
        await foreach (var action in _work.Reader.ReadAllAsync())
        {
            try
            {
                action();
            }
            catch (ApiError)
            {
                // What the controller wanted to change was changed or deleted by somebody else; that change comes by here too.
            }
        }
    }

    private void Drain(bool evenLater, TaskCompletionSource done)
    {
        while (evenLater && Next(DateTimeOffset.MaxValue) is { } work)
        {
            work();
        }

        done.SetResult();
    }

    private void RunDue(DateTimeOffset until)
    {
        while (Next(until) is { } work)
        {
            work();
        }
    }

    private Action? Next(DateTimeOffset until)
    {
        lock (_later)
        {
            if (!_later.TryPeek(out var next, out var due) || due > until)
            {
                return null;
            }

            _later.Dequeue();
            next.Timer.Dispose();
            return next.Work;
        }
    }
}
