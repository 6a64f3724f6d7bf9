using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace KubeSa.Secrecy;

/// <summary>
/// Names that a server sent, as they may be shown: on one line, without credentials and without control characters. Most names of
/// Kubernetes can hold neither; for those of a server that sends others, what is shown is what the object holds.
/// </summary>
internal static class SafeName
{
    // Of these consist DNS labels and subdomains, users of service accounts, most roles and paths.
    private const int LongestLabel = 63;

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.:/*_");

    /// <summary>The name; nearly always as it is, which costs next to nothing.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Of(string? text) =>
        text is null || IsPlain(text) ? text : ControlCharacters.ShowOnOneLine(Redactor.Redact(text));

    /// <summary>Whether all characters may stand in a message, and none of them can be of a credential.</summary>
    private static bool IsPlain(string text) =>
        text.Length <= LongestLabel && !text.AsSpan().ContainsAnyExcept(Plain) && (text.Length < CredentialsInUse.Shortest || !MayTell(text));

    // A credential may be of small letters and digits, and is as hexadecimal digits.
    private static bool MayTell(string text)
    {
        var digits = 0;
        foreach (var character in text)
        {
            digits = char.IsAsciiHexDigit(character) ? digits + 1 : 0;
            if (digits >= 2 * KnownSecret.Piece)
            {
                return true;
            }
        }

        if (!CredentialsInUse.Known.AnyIsPlain)
        {
            return false;
        }

        Span<char> backwards = stackalloc char[LongestLabel];
        backwards = backwards[..text.Length];
        text.CopyTo(backwards);
        backwards.Reverse();
        return CredentialsInUse.Known.AreIn(text) || CredentialsInUse.Known.AreIn(backwards);
    }

    /// <summary>Whether a credential has a piece that would pass for a part of a name.</summary>
    internal static bool HasPlainPiece(string secret)
    {
        var length = 0;
        foreach (var character in secret)
        {
            length = Plain.Contains(character) ? length + 1 : 0;
            if (length >= Math.Min(KnownSecret.Piece, secret.Length))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Some of them.</summary>
    [return: NotNullIfNotNull(nameof(texts))]
    internal static string[]? All(string[]? texts) => texts is null ? null : Array.ConvertAll(texts, text => Of(text)!);
}
