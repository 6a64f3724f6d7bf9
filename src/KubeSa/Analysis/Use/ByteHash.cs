using System.Buffers.Binary;

namespace KubeSa.Analysis.Use;

/// <summary>A fast hash of bytes that is the same in every process, since saved aggregates hold hashes of audit ids.</summary>
internal static class ByteHash
{
    private const ulong First = 0xa0761d6478bd642f;
    private const ulong Second = 0xe7037ed1a0b428db;

    internal static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = First)
    {
        var hash = seed ^ (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), Second);
            bytes = bytes[8..];
        }

        var rest = 0UL;
        foreach (var part in bytes)
        {
            rest = (rest << 8) | part;
        }

        return Mix(hash ^ rest, First);
    }

    internal static ulong Mix(ulong one, ulong other)
    {
        var high = Math.BigMul(one, other, out var low);
        return high ^ low;
    }
}
