using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeSa.Api;
using KubeSa.Client.Config;

namespace KubeSa.Client;

/// <summary>
/// What the runtime does but once in a process, done before it is waited for: it reads the system's authorities, even
/// where none of them counts, and compiles what it was not shipped with compiled. Nothing leaves the process.
/// </summary>
internal static class Warmup
{
    /// <summary>Reads the system's authorities, as the first TLS connection would.</summary>
    internal static void ReadSystemAuthorities()
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
        foreach (var authority in store.Certificates)
        {
            authority.Dispose();
        }
    }

    /// <summary>All of it; on threads of its own, for the thread pool's few are wanted for the first call.</summary>
    internal static void Run()
    {
        var reading = Task.Factory.StartNew(ReadSystemAuthorities, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        AskAsync().GetAwaiter().GetResult();
        reading.Wait();
    }

    /// <summary>Goes the way of a request once, up to a stream in memory that answers.</summary>
    private static async Task AskAsync()
    {
        var config = new ClusterConfig
        {
            Server = new Uri("http://localhost"),
            Info = new ConnectionInfo("http://localhost", ConnectionSource.Explicit, null, "default", null, null),
            Timeout = TimeSpan.FromSeconds(10),
        };
        using var api = new KubeApi(config, sockets => sockets.ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(new AnsweringStream()));
        await api.GetServiceAccountAsync("default", "default", CallContext.None).ConfigureAwait(false);
    }

    private sealed class AnsweringStream : Stream
    {
        private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: 105\r\n\r\n"
            + """{"metadata":{"name":"default","namespace":"default","uid":"","creationTimestamp":"2026-01-01T00:00:00Z"}}""");

        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _asked.Task.ConfigureAwait(false);
            Answer.CopyTo(buffer);
            return Answer.Length;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _asked.TrySetResult();
            return ValueTask.CompletedTask;
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
