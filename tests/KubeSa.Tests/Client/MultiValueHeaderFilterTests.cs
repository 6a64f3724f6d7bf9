using System.Text;
using KubeSa.Client.Http;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Headers that are sent several times leave the bodies behind them as they are.</summary>
public sealed class MultiValueHeaderFilterTests
{
    private static readonly byte[] EveryByte = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    /// <summary>Several on one connection, so that what follows a body is known again.</summary>
    [Fact]
    public async Task A_body_of_all_bytes_arrives_and_each_group_has_a_header_of_its_own()
    {
        // Through the framework itself, into a stream that keeps what comes.
        using var wire = new KeptStream();
        var sockets = new SocketsHttpHandler { ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(wire) };
        MultiValueHeaderFilter.SetUp(sockets);
        using var client = new HttpMessageInvoker(sockets);
        foreach (var length in (int[])[256, 0, 1, 20_000, 256])
        {
            wire.Sent.SetLength(0);
            var body = Enumerable.Range(0, length).Select(i => EveryByte[i % 256]).ToArray();
            using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost/") { Content = new ByteArrayContent(body) };
            MultiValueHeaderFilter.Add(request, "Impersonate-Group", ["a", "b", "c"]);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

            var sent = wire.Sent.ToArray();
            var end = sent.AsSpan().IndexOf("\r\n\r\n"u8);
            Assert.Equal(body, sent[(end + 4)..]);
            var lines = Encoding.ASCII.GetString(sent, 0, end).Split("\r\n");
            Assert.Equal(["Impersonate-Group: a", "Impersonate-Group: b", "Impersonate-Group: c"], lines.Where(line => line.StartsWith("Impersonate", StringComparison.Ordinal)));
        }

        Assert.Equal(5, wire.Answered);
    }

    [Fact]
    public void Sections_are_told_apart_however_the_bytes_are_cut()
    {
        var sections = new RequestSections();
        var text = "POST / HTTP/1.1\r\ncontent-LENGTH:  3\r\nX: y\r\n\r\n\n\r\nGET / HTTP/1.1\r\n\r\nPOST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab";
        var inBody = string.Concat(text.Where(letter => !sections.IsInHeaders((byte)letter)));
        Assert.Equal("\n\r\nab", inBody);
    }

    private sealed class KeptStream : Stream
    {
        private static readonly byte[] Answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        private readonly SemaphoreSlim _asked = new(0);

        internal MemoryStream Sent { get; } = new();

        internal int Answered { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.IsEmpty)
            {
                return 0;
            }

            await _asked.WaitAsync(cancellationToken);
            Answered++;
            Answer.CopyTo(buffer);
            return Answer.Length;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Sent.WriteAsync(buffer, cancellationToken);
            var all = Sent.ToArray();
            var end = all.AsSpan().IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                return;
            }

            // All of it has come when as much stands behind the headers as they say.
            var length = Encoding.ASCII.GetString(all, 0, end).Split("Content-Length: ")[1].Split("\r\n")[0];
            if (all.Length >= end + 4 + int.Parse(length, System.Globalization.CultureInfo.InvariantCulture))
            {
                _asked.Release();
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
