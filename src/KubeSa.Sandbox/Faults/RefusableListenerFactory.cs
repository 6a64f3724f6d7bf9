using System.Net;
using Microsoft.AspNetCore.Connections;

namespace KubeSa.Sandbox.Faults;

/// <summary>Listens, but for the time that connections shall be refused.</summary>
internal sealed class RefusableListenerFactory(IConnectionListenerFactory sockets, FaultBoard board) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new RefusableListener(sockets, await sockets.BindAsync(endpoint, cancellationToken), board);
}

/// <summary>A listener that gives its port up and takes it again as the fault comes and goes.</summary>
internal sealed class RefusableListener : IConnectionListener
{
    private readonly IConnectionListenerFactory _sockets;
    private readonly FaultBoard _board;
    private readonly SemaphoreSlim _switching = new(1);
    private readonly CancellationTokenSource _stopped = new();
    private IConnectionListener? _listener;
    private TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RefusableListener(IConnectionListenerFactory sockets, IConnectionListener first, FaultBoard board)
    {
        _sockets = sockets;
        _board = board;
        _listener = first;
        EndPoint = first.EndPoint;
        _listening.SetResult();
        _board.Changed += Switch;
    }

    public EndPoint EndPoint { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (!_stopped.IsCancellationRequested)
        {
            if (_listener is { } listener && await listener.AcceptAsync(cancellationToken) is { } connection)
            {
                return connection;
            }

            try
            {
                await _listening.Task.WaitAsync(_stopped.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }

        return null;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _board.Changed -= Switch;
        await _stopped.CancelAsync();
        await ReleaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        _switching.Dispose();
        _stopped.Dispose();
    }

    // Done when it returns: whoever switched the fault may count on it.
    private void Switch() => SwitchAsync().GetAwaiter().GetResult();

    private async Task SwitchAsync()
    {
        await _switching.WaitAsync(_stopped.Token).ConfigureAwait(false);
        try
        {
            var refuses = _board.Has(FaultNames.Refuse);
            if (refuses && _listener is not null)
            {
                _listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await ReleaseAsync().ConfigureAwait(false);
            }
            else if (!refuses && _listener is null)
            {
                _listener = await _sockets.BindAsync(EndPoint, _stopped.Token).ConfigureAwait(false);
                _listening.TrySetResult();
            }
        }
        finally
        {
            _switching.Release();
        }
    }

    private async ValueTask ReleaseAsync()
    {
        if (Interlocked.Exchange(ref _listener, null) is { } listener)
        {
            await listener.UnbindAsync().ConfigureAwait(false);
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }
}
