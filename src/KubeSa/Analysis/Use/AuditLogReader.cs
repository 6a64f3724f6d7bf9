using System.Buffers;
using System.Collections.Concurrent;

namespace KubeSa.Analysis.Use;

/// <summary>What of the events is wanted.</summary>
/// <param name="Since">Earlier events are left out; null for none.</param>
/// <param name="IsWanted">Whether the uses of a user are asked for.</param>
internal sealed record LogFilter(DateTimeOffset? Since, Func<string, bool> IsWanted);

/// <summary>
/// Reads audit logs into an aggregate: one thread reads and unpacks, all cores parse. No more than a few blocks are in memory
/// at a time.
/// </summary>
internal sealed class AuditLogReader(UseAggregate into, LogFilter filter, CancellationToken stop)
{
    // A file of another kind is refused when that many records have said so; it may be many gigabytes.
    private const long EnoughOfOtherKind = 20;
    private readonly ConcurrentDictionary<string, bool> _wanted = new(StringComparer.Ordinal);
    private readonly long _since = filter.Since?.UtcTicks ?? 0;

    /// <summary>Reads a file, and returns what of it could not be used.</summary>
    internal LogProblems ReadFile(string path)
    {
        using var bytes = LogSource.Open(path);
        return Read(bytes);
    }

    /// <summary>Reads all of a stream.</summary>
    internal LogProblems Read(Stream bytes)
    {
        var problems = new LogProblems();
        var workers = Math.Max(1, Environment.ProcessorCount);
        using var blocks = new BlockingCollection<LineBlock>(workers * 2);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var parsing = Enumerable.Range(0, workers).Select(_ => Task.Run(
            () =>
            {
                try
                {
                    Parse(blocks, problems, end.Token);
                }
                catch
                {
                    end.Cancel();
                    throw;
                }
            },
            CancellationToken.None)).ToArray();
        var splitter = new LogSplitter(block => blocks.Add(block, end.Token));
        var broken = Feed(bytes, splitter, problems, end.Token);
        if (!end.IsCancellationRequested)
        {
            splitter.Complete();
        }

        blocks.CompleteAdding();
        try
        {
            Task.WaitAll(parsing, CancellationToken.None);
        }
        catch (AggregateException several)
        {
            throw several.InnerExceptions.FirstOrDefault(one => one is not OperationCanceledException) ?? several.InnerExceptions[0];
        }

        stop.ThrowIfCancellationRequested();
        if (broken || splitter.TooLong > 0)
        {
            problems.AddCut(broken, splitter.TooLong);
        }

        into.AddFile();
        into.AddBroken(problems.Damaged, problems.Others);
        return problems;
    }

    /// <summary>Takes one event into account, as it may be.</summary>
    internal void Take(AuditEvent found)
    {
        if (found.Ticks == 0 || found.Ticks >= _since)
        {
            into.Add(found, IsWanted);
        }
    }

    private bool IsWanted(string user)
    {
        // Anybody can make up names of users; those are not remembered without end.
        if (_wanted.Count > 100_000)
        {
            _wanted.Clear();
        }

        return _wanted.GetOrAdd(user, filter.IsWanted);
    }

    private void Parse(BlockingCollection<LineBlock> blocks, LogProblems problems, CancellationToken end)
    {
        var lines = new EventLineReader(Take, end);
        foreach (var block in blocks.GetConsumingEnumerable(end))
        {
            lines.Read(block, problems);
            ArrayPool<byte>.Shared.Return(block.Bytes);
        }
    }

    /// <summary>Hands on what is read; whether the packed data broke off.</summary>
    private static bool Feed(Stream bytes, LogSplitter splitter, LogProblems problems, CancellationToken end)
    {
        var piece = ArrayPool<byte>.Shared.Rent(LogSplitter.BlockSize);
        try
        {
            while (!end.IsCancellationRequested && !problems.IsOtherFormat(EnoughOfOtherKind) && bytes.Read(piece) is var count and > 0)
            {
                splitter.Write(piece.AsSpan(0, count));
            }

            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
