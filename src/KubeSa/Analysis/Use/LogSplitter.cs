using System.Buffers;

namespace KubeSa.Analysis.Use;

/// <summary>
/// Cuts a log into blocks of whole lines. A log that is not one object a line (an EventList, objects printed over many lines) is
/// brought into that form first. One line too long for the memory is left out and said to be damaged.
/// </summary>
internal sealed class LogSplitter(Action<LineBlock> emit)
{
    /// <summary>How much is handed on at a time.</summary>
    internal const int BlockSize = 1 << 20;

    /// <summary>The longest line; a server cuts events at a few megabytes.</summary>
    internal const int LongestLine = 32 << 20;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
    private int _length;
    private long _line = 1;
    private bool _skipsLine;
    private bool? _isDocument;
    private DocumentSplitter? _documents;

    /// <summary>How many lines were too long.</summary>
    internal long TooLong { get; private set; }

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_documents is not null)
            {
                _documents.Write(bytes);
                return;
            }

            var taken = Math.Min(bytes.Length, _buffer.Length - _length);
            bytes[..taken].CopyTo(_buffer.AsSpan(_length));
            _length += taken;
            bytes = bytes[taken..];
            Decide(isEnd: false);
            if (_documents is null && _length == _buffer.Length)
            {
                Flush();
            }
        }
    }

    internal void Complete()
    {
        Decide(isEnd: true);
        if (_documents is not null)
        {
            _documents.Complete();
            TooLong += _documents.TooLong;
            return;
        }

        EndSkipped();
        if (_length > 0 && !_skipsLine)
        {
            emit(new LineBlock(_buffer, _length, _line));
        }
        else
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = [];
        _length = 0;
    }

    /// <summary>Hands on the whole lines that are there; a log that is followed cannot wait for a full block.</summary>
    internal void Flush()
    {
        if (_documents is not null || _isDocument is null)
        {
            return;
        }

        var end = _buffer.AsSpan(0, _length).LastIndexOf((byte)'\n') + 1;
        if (_skipsLine && end > 0)
        {
            EndSkipped();
            end = _buffer.AsSpan(0, _length).LastIndexOf((byte)'\n') + 1;
        }

        if (end > 0)
        {
            var next = ArrayPool<byte>.Shared.Rent(Math.Max(BlockSize, _length - end));
            _buffer.AsSpan(end, _length - end).CopyTo(next);
            var lines = _buffer.AsSpan(0, end).Count((byte)'\n');
            emit(new LineBlock(_buffer, end, _line));
            (_buffer, _length, _line) = (next, _length - end, _line + lines);
        }
        else if (_skipsLine)
        {
            _length = 0;
        }
        else if (_length == _buffer.Length)
        {
            Grow();
        }
    }

    /// <summary>Leaves out the rest of a line that was too long, where its end is there.</summary>
    private void EndSkipped()
    {
        var begin = _skipsLine ? _buffer.AsSpan(0, _length).IndexOf((byte)'\n') + 1 : 0;
        if (begin > 0)
        {
            _buffer.AsSpan(begin, _length - begin).CopyTo(_buffer);
            (_length, _line, _skipsLine) = (_length - begin, _line + 1, false);
        }
    }

    private void Grow()
    {
        if (_buffer.Length >= LongestLine)
        {
            (TooLong, _skipsLine, _length) = (TooLong + 1, true, 0);
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    /// <summary>Finds out by its beginning whether a log has an object a line.</summary>
    private void Decide(bool isEnd)
    {
        if (_isDocument is not null)
        {
            return;
        }

        var bytes = _buffer.AsSpan(0, _length);
        _isDocument = LogShape.IsDocument(bytes, isEnd || _length == _buffer.Length);
        if (_isDocument == true)
        {
            _documents = new DocumentSplitter(emit);
            _documents.Write(bytes);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _length = 0;
        }
    }
}
