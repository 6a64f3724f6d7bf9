using System.Text.RegularExpressions;

namespace KubeSa.Secrecy;

/// <summary>Text of others as it may stand in ours: on one line, of bounded length, without credentials and without control characters.</summary>
internal static partial class SafeExcerpt
{
    /// <summary>What of a sentence may stand in a message.</summary>
    internal const int Sentence = 400;

    /// <summary>What of a text may be shown that nothing else says.</summary>
    internal const int Paragraph = 1000;

    /// <summary>What of a text is looked at; the rest would be cut off anyhow.</summary>
    private const int Looked = 16 * 1024;

    private const string Cut = " ...";

    /// <summary>The text; null where there is nothing to quote.</summary>
    internal static string? Of(string? text, int longest = Sentence)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var clean = ControlCharacters.ShowOnOneLine(Redactor.Redact(Redactor.Bound(text.Trim(), Looked))).Trim();
        return clean.Length <= longest ? clean : clean[..longest] + Cut;
    }

    /// <summary>
    /// Of text that may hold a credential that is not known yet, as what a credential plugin writes: whatever looks like one is
    /// left out, too.
    /// </summary>
    internal static string? OfPlugin(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : Of(Suspect().Replace(Redactor.Bound(text, Looked), Redactor.Mark));

    // Long, and of letters and digits, or of capitals amid small letters; but no UUID, no path of short
    // names, and no part of a URL, which the user may be told to open.
    [GeneratedRegex(
        """
        (?<=(?i:token|secret|password|passwd|key)["']?\s*[:=]\s*["']?)(?=[^\s"',;]*[0-9])[^\s"',;]{6,}
        |(?<![A-Za-z0-9+/=_~-])(?<!://\S{0,400})
        (?![0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![A-Za-z0-9+/=_~-]))
        (?!~?/?(?:[A-Za-z0-9+=_~-]{0,19}/)+[A-Za-z0-9+=_~-]{0,19}(?![A-Za-z0-9+/=_~-]))
        (?=[A-Za-z+/=_~-]*[0-9]|[A-Za-z+/=_~-]*[a-z][A-Z])(?=[0-9+/=_~-]*[A-Za-z])
        [A-Za-z0-9+/=_~-]{20,}
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Suspect();
}
