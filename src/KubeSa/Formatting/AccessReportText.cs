using System.Text;

namespace KubeSa.Formatting;

/// <summary>
/// Writes an access report as a checklist, in colours; PowerShell takes the colours out again where
/// $PSStyle.OutputRendering or NO_COLOR say so. The module's views call it.
/// </summary>
public static class AccessReportText
{
    private const int DetailColumn = 25;
    private const int NarrowColumn = 6;
    private const int NarrowestText = 20;
    private const string Reset = "\u001b[0m";
    private const string Bold = "\u001b[1m";
    private const string Green = "\u001b[32m";
    private const string Red = "\u001b[31m";
    private const string Yellow = "\u001b[33m";
    private const string Grey = "\u001b[90m";

    /// <summary>The report as a checklist, wrapped at words to a console's width in characters; 0 for no wrapping.</summary>
    public static string Of(AccessReport report, int width)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        var (colour, mark) = report.Success ? (Green, Marks.Here.Pass) : (Red, Marks.Here.Fail);
        var cause = report.Success ? string.Empty : $"{report.Cause}: ";
        text.Append($"{colour}{mark}{Reset} {Bold}{cause}{report.Summary}{Reset}\n");
        text.Append($"{Grey}  {report.UserName ?? "unknown account"} at {report.ApiServer ?? "no server"}{Version(report)}{Reset}\n");
        // In a narrow terminal what was found stands below its check.
        var narrow = width > 0 && width - DetailColumn < 2 * NarrowestText;
        var column = narrow ? NarrowColumn : DetailColumn;
        foreach (var check in report.Checks)
        {
            text.Append($"\n  {Mark(check.Status)} {(narrow ? $"{check.Name}\n{Indent(column)}" : $"{check.Name,-21}")}{Wrap(check.Detail, width, column)}");
            if (check.Remedy is not null && check.Status is AccessCheckStatus.Fail or AccessCheckStatus.Warn)
            {
                text.Append($"\n{Indent(column - 2)}{Grey}{Marks.Here.Arrow}{Reset} {Wrap(check.Remedy, width, column)}");
            }
        }

        if (report.Command is { } command)
        {
            // Never wrapped by us: a line that a terminal wraps is still copied as one.
            text.Append($"\n\n  {Grey}To paste:{Reset}\n{command}");
        }

        return text.Append('\n').ToString();
    }

    /// <summary>A check's status as a coloured mark.</summary>
    public static string Mark(AccessCheckStatus status) => status switch
    {
        AccessCheckStatus.Pass => $"{Green}{Marks.Here.Pass}{Reset}",
        AccessCheckStatus.Warn => $"{Yellow}{Marks.Here.Warn}{Reset}",
        AccessCheckStatus.Fail => $"{Red}{Marks.Here.Fail}{Reset}",
        _ => $"{Grey}{Marks.Here.Skip}{Reset}",
    };

    private static string Wrap(string text, int width, int column)
    {
        // One less than the width: some consoles break the line after a character in the last column.
        var room = width - column - 1;
        if (room < NarrowestText)
        {
            return text;
        }

        var wrapped = new StringBuilder();
        var used = 0;
        foreach (var word in text.Split(' '))
        {
            if (used > 0 && used + 1 + word.Length > room)
            {
                wrapped.Append('\n').Append(Indent(column));
                used = 0;
            }
            else if (used > 0)
            {
                wrapped.Append(' ');
                used++;
            }

            wrapped.Append(word);
            used += word.Length;
        }

        return wrapped.ToString();
    }

    private static string Indent(int columns) => new(' ', columns);

    private static string Version(AccessReport report) =>
        report.ServerVersion is null ? string.Empty : $" ({report.ServerVersion})";
}
