using System.Net;
using System.Net.Sockets;

namespace KubeSa.Tests.Wire;

/// <summary>Takes connections, and then says nothing or hangs up.</summary>
internal sealed class MuteListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<TcpClient> _clients = [];
    private readonly Task _accepting;

    internal MuteListener(bool hangsUp)
    {
        _listener.Start();
        _accepting = AcceptAsync(hangsUp);
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _clients.ForEach(client => client.Dispose());
        _end.Dispose();
    }

    private async Task AcceptAsync(bool hangsUp)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _clients.Add(client);
                if (hangsUp)
                {
                    client.Close();
                }
            }
        }
        catch (Exception) when (_end.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }
}
