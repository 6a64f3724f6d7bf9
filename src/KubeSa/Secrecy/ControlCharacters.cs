using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace KubeSa.Secrecy;

/// <summary>
/// Makes characters visible that a terminal obeys or hides: control characters (C0, C1, ESC), those that turn the direction
/// of text, those of no width, and halves of surrogate pairs. Each becomes its escape, such as \u001b.
/// </summary>
internal static class ControlCharacters
{
    /// <summary>The text on one line: line ends and tabs become spaces.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? ShowOnOneLine(string? text) => text is null ? null : Show(text, keepLines: false);

    /// <summary>Some texts, each on one line.</summary>
    internal static string[] AllOnOneLine(string[] texts) => Array.ConvertAll(texts, text => ShowOnOneLine(text)!);

    /// <summary>The text with its lines as they are.</summary>
    internal static string Show(string text) => Show(text, keepLines: true);

    /// <summary>Whether a character takes no place of its own on a screen.</summary>
    internal static bool IsOne(char character) =>
        character < ' ' || (character > '~' && IsHidden(CharUnicodeInfo.GetUnicodeCategory(character)));

    private static string Show(string text, bool keepLines)
    {
        var at = FirstIn(text, keepLines);
        if (at < 0)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16).Append(text, 0, at);
        while (at < text.Length)
        {
            var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && !IsHidden(Rune.GetUnicodeCategory(rune)))
            {
                shown.Append(text, at, length);
            }
            else if (text[at] is '\r' or '\n' or '\t')
            {
                var isLineEnd = text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n';
                shown.Append(isLineEnd ? string.Empty : keepLines && text[at] == '\n' ? "\n" : " ");
            }
            else
            {
                shown.Append(isWhole && length > 1
                    ? string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}")
                    : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)text[at]:x4}"));
            }

            at += length;
        }

        return shown.ToString();
    }

    // Nearly all texts have none.
    private static int FirstIn(string text, bool keepLines)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character is < ' ' or > '~' && !(keepLines && character == '\n') && (IsOne(character) || char.IsSurrogate(character)))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool IsHidden(UnicodeCategory category) => category
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
}
