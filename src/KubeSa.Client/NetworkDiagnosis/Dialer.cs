using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>Resolves the server's name and connects to the first of its addresses that takes the connection.</summary>
internal static class Dialer
{
    /// <summary>Never throws for a fault of the network; the socket is null where there is one.</summary>
    internal static async Task<(NetworkEvidence Evidence, Socket? Socket)> DialAsync(Uri server, CancellationToken deadline)
    {
        var watch = Stopwatch.StartNew();
        var evidence = new NetworkEvidence { Host = server.IdnHost, Port = server.Port };
        try
        {
            // A lookup goes on in the system after it is abandoned, but nobody waits for it.
            var addresses = IPAddress.TryParse(server.IdnHost, out var literal)
                ? [literal]
                : await Dns.GetHostAddressesAsync(server.IdnHost, deadline).WaitAsync(deadline).ConfigureAwait(false);
            evidence = evidence with { Addresses = [.. addresses.Select(a => a.ToString())] };
            var socket = await ConnectAsync(addresses, server.Port, deadline).ConfigureAwait(false);
            return (evidence with { Elapsed = watch.Elapsed }, socket);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            var (outcome, error) = StepOutcomes.From(e);
            return (evidence with { Outcome = outcome, Error = error, Elapsed = watch.Elapsed }, null);
        }
    }

    private static async Task<Socket> ConnectAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken deadline)
    {
        for (var i = 0; ; i++)
        {
            if (i == addresses.Count)
            {
                throw new SocketException((int)SocketError.HostNotFound);
            }

            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses[i], port, deadline).ConfigureAwait(false);
                return socket;
            }
            catch (SocketException) when (i < addresses.Count - 1)
            {
                // The next address may do; the last one's failure is what is told.
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
