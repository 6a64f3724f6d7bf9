using System.Buffers;
using System.Text.Json;

namespace KubeSa.Analysis.Use;

/// <summary>
/// Reads blocks of lines: events as they stand, and those that CloudWatch, Azure, Fluent Bit, the webhook's lists and others
/// have wrapped up. One for each thread.
/// </summary>
internal sealed class EventLineReader(Action<AuditEvent> take, CancellationToken stop)
{
    // An envelope in an envelope in an envelope; deeper is somebody's joke.
    private const int DeepestEnvelope = 4;
    private readonly EventParser _parser = new();

    /// <summary>Events read so far.</summary>
    internal long Events { get; private set; }

    internal void Read(LineBlock block, LogProblems problems)
    {
        var bytes = block.Bytes.AsSpan(0, block.Length);
        var number = block.FirstLine;
        while (!bytes.IsEmpty)
        {
            stop.ThrowIfCancellationRequested();
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            ReadLine(line, number++, end < 0, problems);
        }
    }

    private void ReadLine(ReadOnlySpan<byte> line, long number, bool isUnended, LogProblems problems)
    {
        // Collectors put times and host names before the object; a blank line is nothing.
        var start = line.IndexOf((byte)'{');
        if (start < 0)
        {
            if (line.IndexOfAnyExcept(" \t\r"u8) >= 0 && !line.TrimEnd("\r"u8).SequenceEqual("]"u8))
            {
                problems.AddText(line, number);
            }

            return;
        }

        try
        {
            var found = ReadRecord(line[start..], 0);
            if (found == 0)
            {
                problems.AddOther(ForeignFormat.NameOf(_parser.Event, line), number);
            }

            problems.AddEvents(found);
            Events += found;
        }
        catch (JsonException)
        {
            problems.AddDamaged(number, isUnended);
        }
    }

    private long ReadRecord(ReadOnlySpan<byte> json, int depth)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject && _parser.Read(ref reader))
        {
            RequireEnd(ref reader);
            if (_parser.Event.ApiVersion is not ("" or "audit.k8s.io/v1"))
            {
                return 0;
            }

            take(_parser.Event);
            return 1;
        }

        RequireEnd(ref reader);
        if (depth == DeepestEnvelope || json.IndexOf("audit.k8s.io"u8) < 0)
        {
            return 0;
        }

        var inner = new Utf8JsonReader(json);
        inner.Read();
        return ReadEnvelope(ref inner, json, depth);
    }

    /// <summary>Looks for events among the members of an object or a list, and in texts that hold JSON.</summary>
    private long ReadEnvelope(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int depth)
    {
        var events = 0L;
        var nesting = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > nesting)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                events += ReadText(ref reader, depth);
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                var member = reader;
                if (_parser.Read(ref member))
                {
                    reader = member;
                    if (_parser.Event.ApiVersion is "" or "audit.k8s.io/v1")
                    {
                        take(_parser.Event);
                        events++;
                    }
                }
            }
        }

        return events;
    }

    private long ReadText(ref Utf8JsonReader reader, int depth)
    {
        if (reader.ValueSpan.IndexOf((byte)'{') < 0 || reader.ValueSpan.IndexOf("auditID"u8) < 0)
        {
            return 0;
        }

        var copy = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            var text = copy.AsSpan(0, reader.CopyString(copy));
            return ReadRecord(text[text.IndexOf((byte)'{')..], depth + 1);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private static void RequireEnd(ref Utf8JsonReader reader)
    {
        // Two lines in one, or a line that was cut and written over, is damaged: Read throws behind the end of the object.
        reader.Read();
    }
}
