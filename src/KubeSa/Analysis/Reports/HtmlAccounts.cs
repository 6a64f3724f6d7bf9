using System.Text.Json;

namespace KubeSa.Analysis.Reports;

/// <summary>Findings and paths by account, the account with the gravest finding first.</summary>
internal static class HtmlAccounts
{
    internal static void Write(HtmlText page, AuditReport report)
    {
        page.Raw("<section id=\"findings\" tabindex=\"-1\">\n<h2>Findings by account</h2>\n");
        var accounts = Accounts(report);
        if (accounts.Count == 0)
        {
            page.Raw("<p>Nothing was found.</p>\n");
        }

        foreach (var account in accounts)
        {
            WriteAccount(page, report, account);
        }

        page.Raw("</section>\n");
    }

    private static List<Account> Accounts(AuditReport report)
    {
        var accounts = new Dictionary<(string, string), Account>();
        Account Of(string clusters, string name)
        {
            if (!accounts.TryGetValue((clusters, name), out var account))
            {
                accounts.Add((clusters, name), account = new Account(clusters, name));
            }

            return account;
        }

        foreach (var finding in report.Findings)
        {
            Of(string.Join(", ", AuditReport.ClustersOf(finding)), finding.Account).Findings.Add(finding);
        }

        foreach (var path in report.Paths)
        {
            Of(AuditReport.ClusterOf(path), path.From).Paths.Add(path);
        }

        return [.. accounts.Values
            .OrderByDescending(account => account.Severity)
            .ThenBy(account => account.Clusters, StringComparer.Ordinal)
            .ThenBy(account => account.Name, StringComparer.Ordinal)];
    }

    private static void WriteAccount(HtmlText page, AuditReport report, Account account)
    {
        var name = account.Name == "-" ? "The cluster as a whole" : account.Name;
        page.Raw("<details class=\"account\" open>\n<summary>").Raw("<h3>").Text(name).Raw("</h3> <span class=\"cluster\">").Text(account.Clusters);
        page.Raw($"</span> <span class=\"tag {HtmlSummary.Class(account.Severity)}\">{account.Severity}</span></summary>\n");
        foreach (var finding in account.Findings)
        {
            WriteFinding(page, report, finding);
        }

        if (account.Paths.Count > 0)
        {
            WritePaths(page, account);
        }

        page.Raw("</details>\n");
    }

    private static void WriteFinding(HtmlText page, AuditReport report, AuditFinding finding)
    {
        Item(page, finding.Severity, AuditReport.ClustersOf(finding));
        page.Raw($"<h4><span class=\"tag {HtmlSummary.Class(finding.Severity)}\">{finding.Severity}</span> ");
        page.Text($"{finding.RuleId}: {report.RuleOf(finding).Title}").Raw("</h4>\n<p>").Text(finding.Message).Raw("</p>\n");
        if (finding.Evidence.Length > 0)
        {
            page.Raw("<ul class=\"evidence\">\n");
            foreach (var evidence in finding.Evidence)
            {
                page.Raw("<li>").Text(evidence.ToString()).Raw("</li>\n");
            }

            page.Raw("</ul>\n");
        }

        page.Raw("<dl>\n").Term("Severity", finding.SeverityReason).Term("Remedy", finding.Remedy);
        if (finding.Command is { } command)
        {
            page.Raw("<dt>Command</dt><dd><code tabindex=\"0\">").Text(command).Raw("</code></dd>\n");
        }

        page.Term("Reference", finding.Reference).Raw("</dl>\n</article>\n");
    }

    private static void WritePaths(HtmlText page, Account account)
    {
        var graph = new PathDrawing(account.Name, account.Paths);
        Item(page, account.Paths.Max(path => PathRules.Of(path).Severity), [account.Clusters]);
        page.Raw("<h4>").Text($"What {account.Name} can become").Raw("</h4>\n");
        PathDrawingSvg.Write(page, graph);
        foreach (var path in account.Paths)
        {
            page.Raw("<h5>").Text($"{path.To} ({path.Certainty})").Raw("</h5>\n<ol class=\"chain\">\n<li class=\"vertex\">").Text($"ServiceAccount {path.From}").Raw("</li>\n");
            foreach (var step in path.Steps)
            {
                page.Raw($"<li class=\"step {step.Certainty.ToString().ToLowerInvariant()}\"><b>").Text(step.Edge).Raw("</b> ").Text($"({step.Certainty})");
                page.Raw("<br>").Text(Right(step)).Raw(Right(step).Length == 0 ? string.Empty : "<br>").Text(step.Condition);
                page.Raw("</li>\n<li class=\"vertex\">").Text(step.To).Raw("</li>\n");
            }

            page.Raw("</ol>\n");
            if (path.Cut.Length > 0)
            {
                page.Raw("<p class=\"cut\"><b>Closes all of its paths:</b> remove ").Text(string.Join(" and ", path.Cut)).Raw("</p>\n");
            }
        }

        page.Raw("</article>\n");
    }

    // What the filter looks at; the script reads it as data.
    private static void Item(HtmlText page, AuditSeverity severity, IEnumerable<string> clusters) =>
        page.Raw($"<article class=\"item\" data-severity=\"{HtmlSummary.Class(severity)}\" data-clusters=\"").Text(JsonSerializer.Serialize(clusters)).Raw("\">\n");

    private static string Right(EscalationStep step) =>
        string.Join(", ", new[] { step.Binding, step.Role, step.Rule }.Where(part => !string.IsNullOrEmpty(part)));

    private sealed record Account(string Clusters, string Name)
    {
        internal List<AuditFinding> Findings { get; } = [];

        internal List<EscalationPath> Paths { get; } = [];

        internal AuditSeverity Severity => Findings.Select(finding => finding.Severity)
            .Concat(Paths.Select(path => PathRules.Of(path).Severity)).DefaultIfEmpty(AuditSeverity.Info).Max();
    }
}
