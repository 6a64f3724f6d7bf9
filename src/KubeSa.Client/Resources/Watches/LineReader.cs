namespace KubeSa.Client.Resources.Watches;

/// <summary>Reads a body line by line as it arrives, handing out all lines that are there at once.</summary>
/// <param name="stream">The body.</param>
/// <param name="longest">The longest line in bytes; a longer one is a FormatException.</param>
internal sealed class LineReader(Stream stream, int longest)
{
    private const int Piece = 16 * 1024;
    private const byte LineFeed = (byte)'\n';

    private byte[] _buffer = new byte[Piece];
    private int _start;
    private int _end;

    /// <summary>
    /// Waits for the next lines, without their ends, which may be used until it is called again; null at the end of the body.
    /// What comes behind the last line's end is not handed out: it was cut off.
    /// </summary>
    internal async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadAsync(CancellationToken stop)
    {
        while (true)
        {
            var scanned = _end;
            MakeRoom(ref scanned);
            var count = await stream.ReadAsync(_buffer.AsMemory(_end), stop).ConfigureAwait(false);
            if (count == 0)
            {
                return null;
            }

            _end += count;
            if (Lines(scanned) is { Count: > 0 } lines)
            {
                return lines;
            }

            if (_end - _start > longest)
            {
                throw new FormatException($"A line is longer than {longest} bytes.");
            }
        }
    }

    /// <summary>What was cut off at the end.</summary>
    internal ReadOnlyMemory<byte> Rest => _buffer.AsMemory(_start, _end - _start);

    private void MakeRoom(ref int scanned)
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            scanned -= _start;
            (_start, _end) = (0, _end - _start);
        }

        if (_buffer.Length - _end < Piece / 2)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }

    private List<ReadOnlyMemory<byte>> Lines(int from)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (_buffer.AsSpan(from, _end - from).IndexOf(LineFeed) is >= 0 and var length)
        {
            lines.Add(_buffer.AsMemory(_start, from + length - _start));
            _start = from = from + length + 1;
        }

        return lines;
    }
}
