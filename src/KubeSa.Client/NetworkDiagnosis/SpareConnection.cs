namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>
/// A second connection that is made while the first one shakes hands, so that of two requests that do not need each
/// other neither waits. It proves nothing: where it fails, whoever wants it makes another and sees why.
/// </summary>
internal sealed class SpareConnection : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<Stream?>> _connect;
    private readonly CancellationTokenSource _unwanted;
    private Task<Stream?>? _spare;

    internal SpareConnection(Func<CancellationToken, Task<Stream?>> connect, bool wanted, CancellationToken deadline)
    {
        _connect = connect;
        _unwanted = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        _spare = wanted ? connect(_unwanted.Token) : null;
    }

    /// <summary>A connection that is well; null where there is none to be had.</summary>
    internal async Task<Stream?> TakeAsync(CancellationToken stop)
    {
        var spare = Interlocked.Exchange(ref _spare, null);
        return (spare is null ? null : await spare.ConfigureAwait(false)) ?? await _connect(stop).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _unwanted.CancelAsync().ConfigureAwait(false);
        if (Interlocked.Exchange(ref _spare, null) is { } spare && await spare.ConfigureAwait(false) is { } stream)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }

        _unwanted.Dispose();
    }
}
