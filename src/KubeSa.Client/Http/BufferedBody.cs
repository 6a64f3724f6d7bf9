using System.Net;

namespace KubeSa.Client.Http;

/// <summary>A body that has arrived as a whole, to be read where it lies.</summary>
internal sealed class BufferedBody(MemoryStream body) : HttpContent
{
    internal ReadOnlySpan<byte> Bytes => Memory.Span;

    internal ReadOnlyMemory<byte> Memory => body.GetBuffer().AsMemory(0, (int)body.Length);

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(CreateContentReadStream(CancellationToken.None));

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) =>
        new MemoryStream(body.GetBuffer(), 0, (int)body.Length, writable: false);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        stream.WriteAsync(body.GetBuffer(), 0, (int)body.Length);

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
