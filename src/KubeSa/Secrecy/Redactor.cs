using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace KubeSa.Secrecy;

/// <summary>
/// Takes credentials out of text: those in use, in whole and in pieces, as they are and in the ways they may be written in;
/// and whatever looks like a token, a private key, an Authorization header or a password in a URL. All text that others wrote,
/// and all text that goes to a stream, an error record or a report, comes through here.
/// </summary>
internal static partial class Redactor
{
    /// <summary>What stands in the place of what was taken out.</summary>
    internal const string Mark = "[redacted]";

    /// <summary>Of a longer text nothing more is read; what a message may be is far below that.</summary>
    internal const int Longest = 64 * 1024;

    private const string Cut = " ...";

    // A form of a form, such as the hexadecimal digits of base64.
    private const int Deepest = 2;

    /// <summary>The text without credentials.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Redact(string? text)
    {
        if (text is null || text.Length < CredentialsInUse.Shortest)
        {
            return text;
        }

        var bounded = Bound(text, Longest);
        var marks = new bool[bounded.Length];
        MarkIn(bounded, marks);
        return Array.IndexOf(marks, true) < 0 ? bounded : Replace(bounded, marks);
    }

    /// <summary>The same with control characters made visible: fit for a message of several lines.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Clean(string? text) => text is null ? null : ControlCharacters.Show(Redact(text));

    /// <summary>The beginning of a text; the word that would be cut in two, and might be a credential, is left out.</summary>
    internal static string Bound(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = longest;
        while (end > 0 && IsOfWord(text[end - 1]))
        {
            end--;
        }

        return string.Concat(text.AsSpan(0, end).TrimEnd(), Cut);
    }

    private static void MarkIn(string text, bool[] marks)
    {
        // What is hidden between the characters of a credential hides it from the eye, not from whoever copies it.
        var (dense, places) = WithoutHidden(text);
        var found = new bool[dense.Length];
        MarkKnown(dense, found);
        MarkWords(dense, found);
        MarkShapes(dense, found);
        for (var at = 0; at < found.Length; at++)
        {
            marks[places is null ? at : places[at]] = found[at];
        }

        for (var at = 1; places is not null && at < found.Length; at++)
        {
            if (found[at] && found[at - 1])
            {
                marks.AsSpan(places[at - 1], places[at] - places[at - 1]).Fill(true);
            }
        }
    }

    private static void MarkKnown(string text, bool[] marks)
    {
        var backwards = text.ToCharArray();
        backwards.AsSpan().Reverse();
        var backwardsMarks = new bool[text.Length];
        CredentialsInUse.Known.Mark(text, marks);
        CredentialsInUse.Known.Mark(backwards, backwardsMarks);
        for (var at = 0; at < text.Length; at++)
        {
            marks[at] |= backwardsMarks[text.Length - 1 - at];
        }
    }

    private static void MarkShapes(string text, bool[] marks)
    {
        foreach (var group in Shapes().Matches(text).Select(match => match.Groups["secret"]))
        {
            marks.AsSpan(group.Index, group.Length).Fill(true);
        }
    }

    // The whole word: what hangs on to a piece of a credential is the rest of it.
    private static void MarkWords(string text, bool[] marks)
    {
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            var isMarked = false;
            while (at < text.Length && IsOfWord(text[at]))
            {
                isMarked |= marks[at++];
            }

            if (isMarked || (at - start >= CredentialsInUse.Shortest && Tells(text[start..at], Deepest)))
            {
                marks.AsSpan(start, at - start).Fill(true);
            }

            at = at == start ? at + 1 : at;
        }
    }

    private static bool Tells(string word, int depth) =>
        CredentialsInUse.Known.AreIn(word)
        || Token().IsMatch(word)
        || (depth > 0 && word.Length >= KnownSecret.Piece && (depth == Deepest || EncodedForms.IsPlain(word)) && EncodedForms.Of(word).Any(other => Tells(other, depth - 1)));

    private static (string Dense, int[]? Places) WithoutHidden(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') || !text.Any(IsHidden))
        {
            return (text, null);
        }

        var places = Enumerable.Range(0, text.Length).Where(at => !IsHidden(text[at])).ToArray();
        return (string.Concat(places.Select(at => text[at])), places);

        static bool IsHidden(char character) => ControlCharacters.IsOne(character) && !char.IsWhiteSpace(character);
    }

    private static string Replace(string text, bool[] marks)
    {
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (!marks[at])
            {
                clean.Append(text[at]);
            }
            else if (at == 0 || !marks[at - 1])
            {
                clean.Append(Mark);
            }
        }

        return clean.ToString();
    }

    private static bool IsOfWord(char character) => char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '=' or '-' or '_' or '.' or '%' or '~';

    /// <summary>A JWT (RFC 7519), or a part of one that begins as all of them do.</summary>
    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}|(?<![A-Za-z0-9])eyJ(?:[A-Za-z0-9_-]+\.[A-Za-z0-9_-]|[A-Za-z0-9_-]{13,})", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    /// <summary>An Authorization header, a password in a URL, a private key in PEM.</summary>
    [GeneratedRegex(
        @"\bauthorization\b[""']?\s*[:=]\s*[""']?(?<secret>[^\s,;""']+(?:\s+[^\s,;""']+)?)"
        + @"|\b(?:bearer|basic)\s+(?<secret>(?=[^\s,;]*[0-9])[^\s,;""']{8,})"
        + @"|://(?<secret>[^\s""'<>@]*(?:@[^\s""'<>@/]*)*)@"
        + @"|-----BEGIN [A-Z ]*PRIVATE KEY-----(?<secret>[^-]+)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Shapes();
}
