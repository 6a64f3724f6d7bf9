using System.Globalization;

namespace KubeSa.Analysis.Reports;

/// <summary>The top of the page: how much was found, what could not be looked at, and what to filter by.</summary>
internal static class HtmlSummary
{
    internal static void Write(HtmlText page, AuditReport report)
    {
        page.Raw("<section id=\"summary\">\n<h2>Summary</h2>\n<ul class=\"counts\">\n");
        foreach (var severity in Enumerable.Reverse(Enum.GetValues<AuditSeverity>()))
        {
            var count = report.Findings.Count(finding => finding.Severity == severity);
            page.Raw($"<li class=\"{Class(severity)}\"><b>{count.ToString(CultureInfo.InvariantCulture)}</b> {severity}</li>\n");
        }

        page.Raw("</ul>\n<p>").Text(Sentence(report)).Raw("</p>\n");
        WriteNotRead(page, report);
        page.Raw("</section>\n");
        WriteFilter(page, report);
    }

    internal static string Class(AuditSeverity severity) => severity.ToString().ToLowerInvariant();

    private static string Sentence(AuditReport report)
    {
        var accounts = report.Findings.Where(finding => finding.ServiceAccount is not null)
            .Select(finding => (AuditReport.ClustersOf(finding)[0], finding.Account)).Distinct().Count();
        var admins = report.Paths.Where(path => PathRules.Of(path).Severity == AuditSeverity.Critical)
            .Select(path => (AuditReport.ClusterOf(path), path.From)).Distinct().Count();
        var found = $"{HtmlReport.Plural(report.Findings.Count, "finding")} about {HtmlReport.Plural(accounts, "service account")}.";
        return report.Paths.Count == 0
            ? found
            : $"{found} {HtmlReport.Plural(report.Paths.Count, "path")}; {HtmlReport.Plural(admins, "account")} can take over a whole cluster or all of its Secrets.";
    }

    // What was not looked at is no all-clear, and stands where the counts are read.
    private static void WriteNotRead(HtmlText page, AuditReport report)
    {
        var unread = report.Findings.Where(finding => finding.RuleId.StartsWith("NOT-READ", StringComparison.Ordinal)).ToList();
        if (unread.Count == 0)
        {
            return;
        }

        page.Raw("<div class=\"unread\" role=\"note\">\n<h3>What could not be looked at</h3>\n<ul>\n");
        foreach (var finding in unread)
        {
            page.Raw("<li>").Text($"{string.Join(", ", AuditReport.ClustersOf(finding))}: {finding.Message}").Raw("</li>\n");
        }

        page.Raw("</ul>\n</div>\n");
    }

    private static void WriteFilter(HtmlText page, AuditReport report)
    {
        page.Raw("<form id=\"filter\" hidden>\n<label>Search <input type=\"search\" id=\"search\" placeholder=\"account, rule, role, text\"></label>\n");
        page.Raw("<fieldset>\n<legend>Severity</legend>\n");
        foreach (var severity in Enumerable.Reverse(Enum.GetValues<AuditSeverity>()))
        {
            page.Raw($"<label><input type=\"checkbox\" name=\"severity\" value=\"{Class(severity)}\" checked> {severity}</label>\n");
        }

        page.Raw("</fieldset>\n");
        if (report.Clusters.Count > 1)
        {
            page.Raw("<label>Cluster <select id=\"cluster\"><option value=\"\">all</option>");
            foreach (var cluster in report.Clusters)
            {
                page.Raw("<option>").Text(cluster).Raw("</option>");
            }

            page.Raw("</select></label>\n");
        }

        page.Raw("<p id=\"shown\" role=\"status\"></p>\n</form>\n");
    }
}
