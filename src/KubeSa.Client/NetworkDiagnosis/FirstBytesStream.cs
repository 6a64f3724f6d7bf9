namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>
/// Remembers how the other side began, for the TLS library does not tell a server that speaks no TLS from one that
/// refuses the handshake.
/// </summary>
internal sealed class FirstBytesStream(Stream inner) : Stream
{
    // Content types 20 to 23 of a TLS record (RFC 8446, section 5.1), then the version, which begins with 3.
    private const byte FirstType = 20;
    private const byte LastType = 23;
    private const byte Version = 3;

    private readonly byte[] _first = new byte[2];
    private int _count;

    /// <summary>Whether what came, if anything, began as TLS does.</summary>
    internal bool LooksLikeTls =>
        (_count < 1 || _first[0] is >= FirstType and <= LastType) && (_count < 2 || _first[1] == Version);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Remember(buffer.AsSpan(offset), inner.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return Remember(buffer.Span, read);
    }

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Remember(ReadOnlySpan<byte> buffer, int read)
    {
        for (var i = 0; i < read && _count < _first.Length; i++)
        {
            _first[_count++] = buffer[i];
        }

        return read;
    }
}
