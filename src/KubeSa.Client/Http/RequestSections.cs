using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;

namespace KubeSa.Client.Http;

/// <summary>
/// Follows the requests of a connection byte by byte (RFC 9112), and tells their header sections from their bodies, which
/// may hold any byte.
/// </summary>
internal sealed class RequestSections
{
    private const byte LineFeed = (byte)'\n';

    private readonly List<byte> _line = [];
    private long _announced;
    private long _left;

    /// <summary>Takes the next byte; whether it belongs to a header section.</summary>
    internal bool IsInHeaders(byte next)
    {
        if (_left > 0)
        {
            _left--;
            return false;
        }

        if (next != LineFeed)
        {
            _line.Add(next);
            return true;
        }

        EndLine(CollectionsMarshal.AsSpan(_line).TrimEnd((byte)'\r'));
        _line.Clear();
        return true;
    }

    private void EndLine(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            (_left, _announced) = (_announced, 0);
        }
        else if (ValueOf(line, "Content-Length:"u8) is { IsEmpty: false } length)
        {
            _announced = Utf8Parser.TryParse(length, out long bytes, out _) ? bytes : 0;
        }
        else if (!ValueOf(line, "Transfer-Encoding:"u8).IsEmpty)
        {
            // None of our requests comes in chunks. What follows one is left as it is: a server refuses the character in a header.
            _announced = long.MaxValue;
        }
    }

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> line, ReadOnlySpan<byte> header) =>
        line.Length > header.Length && Ascii.EqualsIgnoreCase(line[..header.Length], header) ? line[header.Length..].Trim((byte)' ') : [];
}
