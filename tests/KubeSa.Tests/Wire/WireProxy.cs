using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KubeSa.Tests.Wire;

/// <summary>A proxy that takes HTTP's CONNECT and SOCKS5 (RFC 1928), and leads whatever is asked for to one port of this machine.</summary>
internal sealed class WireProxy : IAsyncDisposable
{
    private const byte Socks5 = 5;
    private const byte DomainName = 3;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly int _to;
    private readonly Task _accepting;

    internal WireProxy(int to)
    {
        _to = to;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Where it was asked to lead, as host:port.</summary>
    internal ConcurrentQueue<string> Asked { get; } = new();

    internal bool AsksForCredentials { get; init; }

    /// <summary>What came with CONNECT in Proxy-Authorization.</summary>
    internal string? Authorization { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception) when (_end.IsCancellationRequested)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            var stream = near.GetStream();
            var first = await ReadAsync(stream, 1);
            await (first[0] == Socks5 ? GreetSocksAsync(stream) : GreetHttpAsync(stream));
            await far.ConnectAsync(IPAddress.Loopback, _to, _end.Token);
            await Task.WhenAny(stream.CopyToAsync(far.GetStream(), _end.Token), far.GetStream().CopyToAsync(stream, _end.Token));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
        }
    }

    private async Task GreetSocksAsync(NetworkStream stream)
    {
        await ReadAsync(stream, (await ReadAsync(stream, 1))[0]);
        await stream.WriteAsync(new byte[] { Socks5, 0 }, _end.Token);
        var request = await ReadAsync(stream, 4);
        var host = request[3] == DomainName
            ? Encoding.ASCII.GetString(await ReadAsync(stream, (await ReadAsync(stream, 1))[0]))
            : new IPAddress(await ReadAsync(stream, 4)).ToString();
        var port = await ReadAsync(stream, 2);
        Asked.Enqueue($"{host}:{(port[0] << 8) | port[1]}");
        await stream.WriteAsync(new byte[] { Socks5, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, _end.Token);
    }

    private async Task GreetHttpAsync(NetworkStream stream)
    {
        var head = new StringBuilder("C");
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await ReadAsync(stream, 1))[0]);
        }

        var lines = head.ToString().Split("\r\n");
        Authorization = lines.Where(line => line.StartsWith("Proxy-Authorization: ", StringComparison.OrdinalIgnoreCase))
            .Select(line => line.Split(": ", 2)[1]).FirstOrDefault();

        // Credentials are sent to those who ask for them.
        if (Authorization is null && AsksForCredentials)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 407 X\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"), _end.Token);
            await ReadAsync(stream, 1);
            await GreetHttpAsync(stream);
            return;
        }

        Asked.Enqueue(lines[0].Split(' ')[1]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 X\r\n\r\n"), _end.Token);
    }

    private async Task<byte[]> ReadAsync(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, _end.Token);
        return bytes;
    }
}
