using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KubeSa.Tests.Wire;

/// <summary>
/// A server that answers as a test scripts it, down to the broken connection: HTTP/1.1 over TLS, or plain, on the
/// loopback address. The sandbox answers as Kubernetes does; this one answers as nobody should.
/// </summary>
internal sealed class WireServer : IAsyncDisposable
{
    private const byte TlsHandshake = 0x16;

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Func<WireRequest, WireReply> _answer;
    private readonly Func<X509Certificate2>? _certificate;
    private readonly ConcurrentQueue<WireRequest> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    private WireServer(Func<WireRequest, WireReply> answer, Func<X509Certificate2>? certificate, int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _answer = answer;
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal string Url => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}";

    /// <summary>How many connections were made to it.</summary>
    internal int Connections => _connections.Count;

    internal IReadOnlyList<WireRequest> Requests => [.. _requests];

    /// <summary>Completes when a request has been answered with a stall and its client has gone away.</summary>
    internal TaskCompletionSource Abandoned { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What is sent behind the server's certificate: those between it and its CA.</summary>
    internal X509Certificate2Collection Between { get; } = [];

    /// <summary>Whether it refuses every client certificate in the handshake.</summary>
    internal bool RefusesClients { get; set; }

    /// <param name="certificate">The certificate for each new connection.</param>
    /// <param name="answer">What it answers.</param>
    /// <param name="port">The port, as of a server that was there before; 0 for a free one.</param>
    internal static WireServer Tls(Func<X509Certificate2> certificate, Func<WireRequest, WireReply> answer, int port = 0) => new(answer, certificate, port);

    internal static WireServer Plain(Func<WireRequest, WireReply> answer) => new(answer, null);

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

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
        using var connection = client;
        try
        {
            await using var stream = await HandshakeAsync(client.GetStream());
            while (await ReadAsync(stream) is { } request)
            {
                _requests.Enqueue(request);
                if (!await WriteAsync(stream, _answer(request)))
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
        }
    }

    [SuppressMessage("Security", "CA5359", Justification = "Whose the client's certificate is, the test looks at.")]
    private async Task<Stream> HandshakeAsync(NetworkStream stream)
    {
        if (_certificate is null)
        {
            return stream;
        }

        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(_certificate(), Between, offline: true),
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is null || !RefusesClients,
            },
            _end.Token);
        return tls;
    }

    private async Task<WireRequest?> ReadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
            {
                return null;
            }

            if (head.Length == 0 && one[0] == TlsHandshake)
            {
                await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), _end.Token);
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).Select(pair => (pair[0], pair.Length > 1 ? pair[1] : string.Empty)).ToList();
        var first = lines[0].Split(' ');
        var request = new WireRequest(first[0], first[1], headers, string.Empty)
        {
            ClientCertificate = (stream as SslStream)?.RemoteCertificate?.Subject,
            ServerName = (stream as SslStream)?.TargetHostName,
        };
        var body = new byte[int.Parse(request.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _end.Token);
        return request with { Body = Encoding.UTF8.GetString(body) };
    }

    /// <summary>Whether the connection goes on.</summary>
    private async Task<bool> WriteAsync(Stream stream, WireReply reply)
    {
        if (reply.Fault == WireFault.CloseBeforeAnswer)
        {
            return false;
        }

        if (reply.Fault == WireFault.StallBeforeAnswer)
        {
            return await WaitForGoodbyeAsync(stream);
        }

        if (reply.Raw is { } raw)
        {
            await raw(stream, _end.Token);
            return false;
        }

        var body = Encoding.UTF8.GetBytes(reply.Body);
        var head = new StringBuilder($"HTTP/1.1 {reply.Status} X\r\nContent-Type: {reply.ContentType}\r\nContent-Length: {body.Length}\r\n");
        foreach (var (name, value) in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _end.Token);
        var whole = reply.Fault == WireFault.None;
        await stream.WriteAsync(whole ? body : body.AsMemory(0, body.Length / 2), _end.Token);
        await stream.FlushAsync(_end.Token);
        return whole || (reply.Fault == WireFault.StallInBody && await WaitForGoodbyeAsync(stream));
    }

    private async Task<bool> WaitForGoodbyeAsync(Stream stream)
    {
        var nothing = new byte[1];
        try
        {
            while (await stream.ReadAsync(nothing, _end.Token) > 0)
            {
            }
        }
        finally
        {
            Abandoned.TrySetResult();
        }

        return false;
    }
}
