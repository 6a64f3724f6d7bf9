using System.IO.Compression;
using System.Text;

namespace KubeSa.Analysis.Use;

/// <summary>Opens a log as its bytes in UTF-8, unpacked where it is packed by gzip, whatever it is called.</summary>
internal static class LogSource
{
    private const int BufferSize = 1 << 18;

    /// <summary>Opens a file; an IOException or an UnauthorizedAccessException where it cannot be read, a NotSupportedException that names a packing of another kind.</summary>
    internal static Stream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        try
        {
            return Unpack(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    internal static Stream Unpack(Stream file)
    {
        var head = new byte[4];
        var count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        Stream whole = file.CanSeek ? file : new PrependedStream(head.AsMemory(0, count), file);
        if (file.CanSeek)
        {
            file.Position = 0;
        }

        return head switch
        {
            [0x1f, 0x8b, ..] => new BufferedStream(new GZipStream(whole, CompressionMode.Decompress), BufferSize),
            [0xff, 0xfe, ..] => Encoding.CreateTranscodingStream(Skipped(whole, 2), Encoding.Unicode, Encoding.UTF8),
            [0xfe, 0xff, ..] => Encoding.CreateTranscodingStream(Skipped(whole, 2), Encoding.BigEndianUnicode, Encoding.UTF8),
            [0xef, 0xbb, 0xbf, ..] => Skipped(whole, 3),
            [0x28, 0xb5, 0x2f, 0xfd] => throw new NotSupportedException("It is packed by zstd; unpack it first (zstd -d)."),
            [(byte)'P', (byte)'K', 3, 4] => throw new NotSupportedException("It is a zip archive; unpack it first (Expand-Archive)."),
            [0xfd, (byte)'7', (byte)'z', (byte)'X'] => throw new NotSupportedException("It is packed by xz; unpack it first (xz -d)."),
            [(byte)'B', (byte)'Z', (byte)'h', ..] => throw new NotSupportedException("It is packed by bzip2; unpack it first (bzip2 -d)."),
            _ => whole,
        };
    }

    private static Stream Skipped(Stream stream, int count)
    {
        stream.ReadExactly(new byte[count]);
        return stream;
    }

    /// <summary>Gives back what was read of a pipe to see what it is.</summary>
    private sealed class PrependedStream(ReadOnlyMemory<byte> head, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _head = head;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_head.IsEmpty)
            {
                return rest.Read(buffer);
            }

            var count = Math.Min(buffer.Length, _head.Length);
            _head.Span[..count].CopyTo(buffer);
            _head = _head[count..];
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                rest.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
