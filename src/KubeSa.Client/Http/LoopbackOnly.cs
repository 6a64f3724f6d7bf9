using System.Net;
using System.Net.Sockets;
using KubeSa.Api;
using KubeSa.Client.Config;

namespace KubeSa.Client.Http;

/// <summary>
/// Keeps credentials that are not encrypted on this machine, whatever its name service makes of the name localhost: it
/// is the address that is connected to which counts.
/// </summary>
internal static class LoopbackOnly
{
    internal static void SetUp(SocketsHttpHandler handler, ClusterConfig config)
    {
        if (config.HasCredentials && config.Server.Scheme == Uri.UriSchemeHttp)
        {
            handler.ConnectCallback = (context, stop) => ConnectAsync(context.DnsEndPoint, Dns.GetHostAddressesAsync, stop);
        }
    }

    /// <param name="server">Where to.</param>
    /// <param name="resolve">The name service.</param>
    /// <param name="stop">Ends it.</param>
    internal static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint server, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken stop)
    {
        var addresses = await resolve(server.Host, stop).ConfigureAwait(false);
        var here = addresses.Where(IPAddress.IsLoopback).ToArray();
        if (here.Length == 0)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"'{server.Host}' is {string.Join(", ", addresses.Select(address => address.ToString()))} here, which is not this machine, and the connection is not encrypted: the credentials would be there for everybody on the way to read. See the hosts file, or use https.",
                server.Host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(here, server.Port, stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
