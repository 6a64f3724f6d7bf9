using System.Globalization;
using System.Text;

namespace KubeSa.Formatting;

/// <summary>Writes an access report as plain text for strangers.</summary>
internal static class TicketText
{
    internal static string Of(AccessReport report, bool keepNames)
    {
        var redactor = new TicketRedactor(report.Telling, keepNames);
        var text = new StringBuilder();
        var time = UtcTime.Of(report.Timestamp);
        text.Append(CultureInfo.InvariantCulture, $"{report.Cause}: {redactor.On(report.Summary)}\n");
        text.Append(CultureInfo.InvariantCulture, $"{time}, {redactor.On(report.UserName ?? "unknown account")}, server {report.ServerVersion ?? "of unknown version"}\n\n");
        foreach (var check in report.Checks)
        {
            text.Append(CultureInfo.InvariantCulture, $"{check.Status,-4} {check.Name}: {redactor.On(check.Detail)}\n");
            if (check.Remedy is { } remedy)
            {
                text.Append(CultureInfo.InvariantCulture, $"     -> {redactor.On(remedy)}\n");
            }
        }

        return text.ToString();
    }
}
