namespace KubeSa.Formatting;

/// <summary>Writes a round of a series of access reports as a line, on which a first failure and a recovery stand out. The module's views call it.</summary>
public static class AccessRoundText
{
    private const string Reset = "\u001b[0m";
    private const string BoldGreen = "\u001b[1;32m";
    private const string BoldRed = "\u001b[1;31m";

    /// <summary>The outcome and what changed, on one line.</summary>
    public static string Of(AccessReport report) => Of(report, coloured: true);

    internal static string Of(AccessReport report, bool coloured)
    {
        ArgumentNullException.ThrowIfNull(report);
        var outcome = report.Success ? report.Summary : $"{report.Cause}: {report.Summary}";
        var (red, green, reset) = coloured ? (BoldRed, BoldGreen, Reset) : (string.Empty, string.Empty, string.Empty);
        var said = report.Change switch
        {
            AccessRoundChange.Failed => $"{red}FAILED{reset} {outcome}",
            AccessRoundChange.First when !report.Success => $"{red}FAILED{reset} {outcome}",
            AccessRoundChange.Recovered => $"{green}RECOVERED{reset} {outcome}",
            _ => outcome,
        };
        return report.Changes.Length == 0 ? said : $"{said.TrimEnd('.')}. {string.Join(' ', report.Changes)}";
    }
}
