using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Faults;

/// <summary>A fault that is switched on: how often it may still happen, and a way to wait for its end.</summary>
internal sealed class ActiveFault(Fault fault)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int? _left = fault.Times;
    private int _toSpare = fault.After;
    private ITimer? _timer;

    public Fault Fault { get; } = fault;

    /// <summary>Completes when the fault is switched off.</summary>
    public Task Ended => _ended.Task;

    public bool Concerns(RequestInfo info) =>
        (Fault.Path is null || info.Path.Contains(Fault.Path, StringComparison.Ordinal)) && (Fault.Verb is null || Fault.Verb == info.Verb);

    /// <summary>Counts one request that it lets pass; false when it is to happen now.</summary>
    public bool Spares() => _toSpare-- > 0;

    /// <summary>Counts one time; true when it was the last.</summary>
    public bool IsUsedUp() => --_left <= 0;

    public void EndAfter(TimeProvider time, TimeSpan delay, Action end) =>
        _timer = time.CreateTimer(_ => end(), null, delay, Timeout.InfiniteTimeSpan);

    public void End()
    {
        _timer?.Dispose();
        _ended.TrySetResult();
    }
}
