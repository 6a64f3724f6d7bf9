using System.Text;

namespace KubeSa.Analysis.Use;

/// <summary>A text that stands in many events, with the hash of its bytes.</summary>
internal sealed record PooledText(string Text, ulong Hash)
{
    internal static readonly PooledText Empty = new(string.Empty, ByteHash.Of([]));

    internal static PooledText Of(string text) => text.Length == 0 ? Empty : new PooledText(text, ByteHash.Of(Encoding.UTF8.GetBytes(text)));
}

/// <summary>
/// Makes one string of the bytes that come again with almost every line: names of accounts, kinds and namespaces. It holds so
/// many and then begins anew, so what it takes does not grow with the log.
/// </summary>
internal sealed class EventTextPool
{
    private const int Most = 1 << 15;
    private readonly PooledText?[] _slots = new PooledText?[Most * 2];
    private int _count;

    internal PooledText Get(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return PooledText.Empty;
        }

        var hash = ByteHash.Of(bytes);
        var slot = (int)hash & (_slots.Length - 1);
        while (_slots[slot] is { } known)
        {
            if (known.Hash == hash && IsSame(known.Text, bytes))
            {
                return known;
            }

            slot = (slot + 1) & (_slots.Length - 1);
        }

        if (_count == Most)
        {
            Array.Clear(_slots);
            _count = 0;
            slot = (int)hash & (_slots.Length - 1);
        }

        _count++;
        return _slots[slot] = new PooledText(Encoding.UTF8.GetString(bytes), hash);
    }

    private static bool IsSame(string text, ReadOnlySpan<byte> bytes)
    {
        // What the log repeats is ASCII, character by character as long as the bytes; other text is decoded again.
        if (text.Length != bytes.Length)
        {
            return text == Encoding.UTF8.GetString(bytes);
        }

        return Ascii.Equals(bytes, text) || text == Encoding.UTF8.GetString(bytes);
    }
}
