using System.Threading.Channels;

namespace KubeSa.Sandbox.Storage;

/// <summary>The changes of one resource, in order, until disposed.</summary>
public sealed class StoreSubscription : IDisposable
{
    private readonly Channel<StoreEvent> _events = Channel.CreateUnbounded<StoreEvent>();
    private readonly List<StoreSubscription> _siblings;
    private readonly object _gate;

    internal StoreSubscription(List<StoreSubscription> siblings, object gate)
    {
        _siblings = siblings;
        _gate = gate;
    }

    public ChannelReader<StoreEvent> Events => _events.Reader;

    internal void Write(StoreEvent change) => _events.Writer.TryWrite(change);

    public void Dispose()
    {
        lock (_gate)
        {
            _siblings.Remove(this);
        }
    }
}
