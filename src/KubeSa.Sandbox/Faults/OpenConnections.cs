using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace KubeSa.Sandbox.Faults;

/// <summary>The connections clients hold, so that a fault of the connection befalls them all: a reused one would never notice.</summary>
internal sealed class OpenConnections
{
    private readonly ConcurrentDictionary<string, ConnectionContext> _open = new();

    public ConnectionDelegate Track(ConnectionDelegate next) => async connection =>
    {
        _open[connection.ConnectionId] = connection;
        try
        {
            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection.ConnectionId, out _);
        }
    };

    public void AbortAll()
    {
        foreach (var connection in _open.Values)
        {
            connection.Abort();
        }
    }
}
