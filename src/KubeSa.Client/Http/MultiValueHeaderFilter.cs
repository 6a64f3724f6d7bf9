using System.Text;
using KubeSa.Api;

namespace KubeSa.Client.Http;

/// <summary>
/// Sends a header several times. Kubernetes wants a header for each impersonated group, but the framework joins them
/// by commas to one, which would be one group of a strange name. So the lines travel through the framework as one
/// value, with a control character between them, and are parted on the connection below it, in the header sections alone. No
/// header may hold the character by itself; a body may. Names beyond ASCII go out as UTF-8, as Go sends
/// them; the framework's own way is to give up. HTTP/2 would know no lines to part, but all requests go by HTTP/1.1.
/// </summary>
internal static class MultiValueHeaderFilter
{
    private const byte UnitSeparator = 0x1f;

    internal static void Add(HttpRequestMessage request, string name, IReadOnlyList<string> values)
    {
        // A request that is tried again has them already.
        request.Headers.Remove(name);
        if (values.Count > 0)
        {
            var lines = values.Select(value => HeaderText.Require(value, $"The header {name}")).ToList();
            request.Headers.TryAddWithoutValidation(name, string.Join($"{(char)UnitSeparator}{name}: ", lines));
        }
    }

    internal static void SetUp(SocketsHttpHandler handler)
    {
        handler.RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8;
        handler.PlaintextStreamFilter = (connection, _) => ValueTask.FromResult(
            IsTunnel(connection) ? connection.PlaintextStream : new PartingStream(connection.PlaintextStream));
    }

    /// <summary>Whether it leads through a proxy: then it carries TLS, in which the character occurs like any other.</summary>
    private static bool IsTunnel(SocketsHttpPlaintextStreamFilterContext connection) =>
        connection.InitialRequestMessage.Method == HttpMethod.Connect;

    private sealed class PartingStream(Stream inner) : Stream
    {
        private readonly RequestSections _sections = new();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => inner.Read(buffer);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(Part(buffer.AsMemory(offset, count)).Span);

        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(Part(buffer.ToArray()).Span);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(Part(buffer), cancellationToken);

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

        // Requests follow each other on a connection, and one is written by one writer at a time.
        private ReadOnlyMemory<byte> Part(ReadOnlyMemory<byte> buffer)
        {
            List<byte>? parted = null;
            for (var i = 0; i < buffer.Length; i++)
            {
                var one = buffer.Span[i];
                if (_sections.IsInHeaders(one) && one == UnitSeparator)
                {
                    parted ??= [.. buffer.Span[..i]];
                    parted.AddRange("\r\n"u8);
                }
                else
                {
                    parted?.Add(one);
                }
            }

            return parted?.ToArray() ?? buffer;
        }
    }
}
