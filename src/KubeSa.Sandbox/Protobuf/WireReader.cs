namespace KubeSa.Sandbox.Protobuf;

/// <summary>Reads the wire format of Protocol Buffers; throws FormatException where it ends too early or is none.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    public const int VarintType = 0;
    public const int BytesType = 2;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The number of the field that <see cref="Next"/> came to.</summary>
    public int Field { get; private set; }
    public int WireType { get; private set; }

    /// <summary>Goes to the next field; its value must be read before the one after.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = Varint();
        (Field, WireType) = ((int)(tag >> 3), (int)(tag & 7));
        return true;
    }

    public ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("a number of more than ten bytes");
    }

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        return length <= int.MaxValue ? Take((int)length) : throw new FormatException("unexpected end");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new FormatException("unexpected end");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
