namespace KubeSa.Secrecy;

/// <summary>Some credentials at once, to look for in a text.</summary>
internal sealed class KnownSecrets(KnownSecret[] all)
{
    private readonly Lazy<(int Length, HashSet<ulong> Pieces)[]> _pieces = new(() =>
        [.. all.GroupBy(secret => secret.PieceLength).Select(group => (group.Key, group.SelectMany(secret => secret.Pieces).ToHashSet()))]);

    internal KnownSecret[] All => all;

    /// <summary>Whether a piece of one would pass for a part of a name.</summary>
    internal bool AnyIsPlain { get; } = Array.Exists(all, secret => secret.HasPlainPiece);

    /// <summary>Whether a text holds any of them or a piece of one.</summary>
    internal bool AreIn(ReadOnlySpan<char> text) => Find(text, default);

    /// <summary>Marks the characters of a text that belong to one.</summary>
    internal void Mark(ReadOnlySpan<char> text, Span<bool> marks) => Find(text, marks);

    /// <summary>Without marks the first that is found will do.</summary>
    private bool Find(ReadOnlySpan<char> text, Span<bool> marks)
    {
        var found = false;
        foreach (var (length, pieces) in _pieces.Value)
        {
            for (var at = 0; at + length <= text.Length; at++)
            {
                if (!pieces.Contains(KnownSecret.Hash(text.Slice(at, length))) || !StandsAlone(text, at, length))
                {
                    continue;
                }

                if (marks.IsEmpty)
                {
                    return true;
                }

                found = true;
                marks.Slice(at, length).Fill(true);
            }
        }

        return found;
    }

    // A short password may be a part of many a word.
    private static bool StandsAlone(ReadOnlySpan<char> text, int at, int length) =>
        length >= KnownSecret.Piece
        || ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + length == text.Length || !char.IsLetterOrDigit(text[at + length])));
}
