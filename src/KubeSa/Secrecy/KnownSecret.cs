namespace KubeSa.Secrecy;

/// <summary>
/// A credential that is in use, known by its pieces: whatever part of it stands in a text is found. A class and no record:
/// a record's ToString would print it.
/// </summary>
internal sealed class KnownSecret
{
    /// <summary>How long a piece is. With a shorter one nobody gets nearer to the whole, and ordinary words would be found.</summary>
    internal const int Piece = 12;

    private readonly ulong _fingerprint;
    private readonly int _length;
    private string? _text;
    private ulong[]? _pieces;

    internal KnownSecret(string text)
    {
        _text = text;
        _length = text.Length;
        _fingerprint = Hash(text);
        HasPlainPiece = SafeName.HasPlainPiece(text);
    }

    /// <summary>Whether a piece of it would pass for a part of a name.</summary>
    internal bool HasPlainPiece { get; }

    /// <summary>How long its pieces are: a short password is one piece.</summary>
    internal int PieceLength => Math.Min(Piece, _length);

    /// <summary>Its pieces, as hashes. Made when first asked for, which in a session where all is well never comes; the text is not kept then.</summary>
    internal ulong[] Pieces
    {
        get
        {
            if (_text is { } text)
            {
                var pieces = new ulong[text.Length - PieceLength + 1];
                for (var at = 0; at < pieces.Length; at++)
                {
                    pieces[at] = Hash(text.AsSpan(at, PieceLength));
                }

                _pieces = pieces;
                _text = null;
            }

            return _pieces!;
        }
    }

    internal bool Is(string text) => text.Length == _length && Hash(text) == _fingerprint;

    /// <summary>The two alphabets of base64 count as one, so that a part of a token is found in either.</summary>
    internal static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
        {
            hash = (hash ^ (character switch { '+' => '-', '/' => '_', _ => character })) * 1099511628211UL;
        }

        return hash;
    }
}
