using System.Buffers;

namespace KubeSa.Analysis.Use;

/// <summary>
/// Takes JSON apart that is not one object a line: the members of lists, and objects that go over many lines, are each written
/// on a line of their own. Only the structure is looked at; whether an object is an event is found out later.
/// </summary>
internal sealed class DocumentSplitter(Action<LineBlock> emit)
{
    private byte[] _block = ArrayPool<byte>.Shared.Rent(LogSplitter.BlockSize);
    private int _length;
    private int _objectStart;
    private long _line = 1;
    private long _firstLine = 1;
    private int _depth;
    private int _recordDepth = 1;
    private bool _isList;
    private bool _inString;
    private bool _isEscaped;
    private bool _isTooLong;
    private byte _before;

    internal long TooLong { get; private set; }

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            Take(one);
        }
    }

    internal void Complete()
    {
        if (_depth > 0)
        {
            // Broken off: what is left is no JSON, or the list has no end, and either is told of as a damaged line.
            if (_length == _objectStart)
            {
                Append((byte)'{');
            }

            Append((byte)'\n');
        }

        Flush();
        ArrayPool<byte>.Shared.Return(_block);
        _block = [];
    }

    private void Take(byte one)
    {
        if (one == '\n')
        {
            _line++;
        }

        if (_inString)
        {
            Append(one is (byte)'\n' or (byte)'\r' ? (byte)' ' : one);
            _inString = _isEscaped || one != '"';
            _isEscaped = !_isEscaped && one == '\\';
            return;
        }

        switch (one)
        {
            case (byte)'"':
                _inString = true;
                Append(one);
                break;
            case (byte)'{' or (byte)'[':
                Open(one);
                break;
            case (byte)'}' or (byte)']':
                Close(one);
                break;
            case (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)' ':
                return;
            default:
                Append(one);
                break;
        }

        _before = one;
    }

    private void Open(byte one)
    {
        // An object in a list right below the top is a record; what stood before it was the list's own head.
        if (one == '{' && _before == '[' && (_depth is 1 or 2) && !_isList)
        {
            (_isList, _recordDepth, _length) = (true, _depth + 1, _objectStart);
        }

        _depth++;
        if (_isList && _depth == _recordDepth)
        {
            _length = _objectStart;
        }

        Append(one);
    }

    private void Close(byte one)
    {
        Append(one);
        if (_depth == 0)
        {
            return;
        }

        _depth--;
        if (_depth == _recordDepth - 1 && one == '}')
        {
            EndRecord();
        }

        if (_depth == 0)
        {
            (_isList, _recordDepth, _length, _isTooLong) = (false, 1, _objectStart, false);
        }
    }

    private void EndRecord()
    {
        if (_isTooLong)
        {
            TooLong++;
            (_isTooLong, _length) = (false, _objectStart);
            return;
        }

        Append((byte)'\n');
        _objectStart = _length;
        if (_length >= LogSplitter.BlockSize / 2)
        {
            Flush();
        }
    }

    private void Append(byte one)
    {
        if (_isTooLong)
        {
            return;
        }

        if (_length == _block.Length)
        {
            MakeRoom();
            if (_isTooLong)
            {
                return;
            }
        }

        _block[_length++] = one;
    }

    private void MakeRoom()
    {
        if (_objectStart > 0)
        {
            Flush();
            return;
        }

        if (_block.Length >= LogSplitter.LongestLine)
        {
            (_isTooLong, _length) = (true, 0);
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_block.Length * 2);
        _block.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_block);
        _block = larger;
    }

    /// <summary>Hands on the whole records and keeps what has begun.</summary>
    private void Flush()
    {
        var whole = _objectStart > 0 ? _objectStart : _length;
        if (whole == 0)
        {
            return;
        }

        var next = ArrayPool<byte>.Shared.Rent(Math.Max(LogSplitter.BlockSize, _length - whole));
        _block.AsSpan(whole, _length - whole).CopyTo(next);
        emit(new LineBlock(_block, whole, _firstLine));
        (_block, _length, _objectStart, _firstLine) = (next, _length - whole, 0, _line);
    }
}
