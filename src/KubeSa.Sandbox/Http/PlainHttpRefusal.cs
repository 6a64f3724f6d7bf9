using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace KubeSa.Sandbox.Http;

/// <summary>Answers whoever speaks plain HTTP to the TLS port in that language, as Go's server does.</summary>
internal static class PlainHttpRefusal
{
    private const byte TlsHandshake = 0x16;
    private static readonly byte[] Refusal = Encoding.ASCII.GetBytes(
        "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n");

    /// <summary>To be put before TLS: looks at the first byte and leaves it there.</summary>
    public static ConnectionDelegate Before(ConnectionDelegate next) => async connection =>
    {
        var first = await connection.Transport.Input.ReadAsync(connection.ConnectionClosed);
        var speaksHttp = !first.Buffer.IsEmpty && first.Buffer.FirstSpan[0] != TlsHandshake;
        connection.Transport.Input.AdvanceTo(first.Buffer.Start);
        if (!speaksHttp)
        {
            await next(connection);
            return;
        }

        connection.Transport.Output.Write(Refusal);
        await connection.Transport.Output.FlushAsync();
    };
}
