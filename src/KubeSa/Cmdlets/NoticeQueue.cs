using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>
/// Carries notices from the threads of a call to the pipeline's thread, the only one that may write to PowerShell's
/// streams, and wakes it for them.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle, and an abandoned call may still ring it.")]
internal sealed class NoticeQueue
{
    private readonly ConcurrentQueue<Notice> _notices = new();

    private readonly SemaphoreSlim _bell = new(0);

    internal void Add(Notice notice)
    {
        _notices.Enqueue(notice);
        _bell.Release();
    }

    /// <summary>Waits until the task has ended, handing each notice to <paramref name="write"/> as it comes.</summary>
    internal void PumpUntil(Task task, Action<Notice> write, CancellationToken stop)
    {
        task.ContinueWith(
            _ => _bell.Release(),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            _bell.Wait(stop);
            Drain(write);
        }

        Drain(write);
    }

    private void Drain(Action<Notice> write)
    {
        while (_notices.TryDequeue(out var notice))
        {
            write(notice);
        }
    }
}
