using System.Text;

namespace KubeSa.Analysis.Reports;

/// <summary>
/// The report as a table (RFC 4180), a row for each finding and each path. Names come from a cluster in which others may have
/// rights, and spreadsheets run cells that begin like a formula: such cells begin with an apostrophe.
/// </summary>
internal static class CsvReport
{
    private static readonly string[] Columns =
    [
        "Type", "Severity", "RuleId", "Clusters", "Namespace", "ServiceAccount", "Message", "Evidence", "Remedy", "Command", "Reference", "Fingerprint",
    ];

    internal static string Write(AuditReport report)
    {
        var text = new StringBuilder();
        Append(text, Columns);
        foreach (var finding in report.Findings)
        {
            Append(text,
            [
                "Finding",
                finding.Severity.ToString(),
                finding.RuleId,
                string.Join(", ", AuditReport.ClustersOf(finding)),
                finding.Namespace,
                finding.ServiceAccount,
                finding.Message,
                string.Join("; ", finding.Evidence.AsEnumerable()),
                finding.Remedy,
                finding.Command,
                finding.Reference,
                finding.Fingerprint,
            ]);
        }

        foreach (var path in report.Paths)
        {
            Append(text,
            [
                "Path",
                path.Certainty.ToString(),
                PathRules.Of(path).Id,
                AuditReport.ClusterOf(path),
                path.Namespace,
                path.ServiceAccount,
                path.ToString(),
                string.Join("; ", path.Steps.AsEnumerable()),
                path.Cut.Length == 0 ? string.Empty : $"Remove {string.Join(" and ", path.Cut)}.",
                string.Empty,
                string.Empty,
                PathRules.Fingerprint(path),
            ]);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(string? text)
    {
        var safe = string.IsNullOrEmpty(text) || !"=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? text ?? string.Empty : "'" + text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
