using System.Buffers;

namespace KubeSa.Analysis.Use;

/// <summary>Reads a log that arrives piece by piece, from a pipeline or from a file that grows.</summary>
internal sealed class LogFeed
{
    private readonly LogSplitter _splitter;

    /// <param name="take">Gets each event.</param>
    /// <param name="problems">Gets what cannot be used.</param>
    /// <param name="stop">Ends the reading.</param>
    internal LogFeed(Action<AuditEvent> take, LogProblems problems, CancellationToken stop)
    {
        var lines = new EventLineReader(take, stop);
        _splitter = new LogSplitter(block =>
        {
            lines.Read(block, problems);
            ArrayPool<byte>.Shared.Return(block.Bytes);
        });
    }

    internal void Write(ReadOnlySpan<byte> bytes) => _splitter.Write(bytes);

    /// <summary>Reads the whole lines that have arrived.</summary>
    internal void Flush() => _splitter.Flush();

    /// <summary>Reads the rest; nothing can come behind it.</summary>
    internal void Complete() => _splitter.Complete();
}
