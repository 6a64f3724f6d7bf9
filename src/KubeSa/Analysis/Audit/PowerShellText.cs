namespace KubeSa.Analysis.Audit;

/// <summary>Arguments of commands that are to be pasted.</summary>
internal static class PowerShellText
{
    /// <summary>
    /// The text as one argument, whatever it holds: in single quotes where it is not of plain characters alone. PowerShell takes
    /// typographic quotes for quotes, too.
    /// </summary>
    internal static string Argument(string text) =>
        text.Length > 0 && text[0] is not '-' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '/' or ':')
            ? text
            : $"'{string.Concat(text.Select(c => c is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b' ? $"{c}{c}" : c.ToString()))}'";
}
