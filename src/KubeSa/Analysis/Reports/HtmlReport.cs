using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KubeSa.Analysis.Reports;

/// <summary>
/// The report as one page for people: no network, readable by keyboard, in print, in light and dark, and without its script, which
/// only filters. Names come from a cluster in which others may have rights: all text is encoded, and the page's own policy lets no
/// script run but the one whose hash it states.
/// </summary>
internal static class HtmlReport
{
    internal static string Write(AuditReport report)
    {
        var (style, script) = (Resource("report.css"), Resource("report.js"));
        var page = new HtmlText();
        page.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'\">\n");
        page.Raw("<title>").Text($"Service account audit: {string.Join(", ", report.Clusters)}").Raw("</title>\n");
        page.Raw($"<style>{style}</style>\n</head>\n<body>\n");
        page.Raw("<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<header>\n<h1>Service account audit</h1>\n<p>");
        page.Text($"{Plural(report.Clusters.Count, "cluster")}: {string.Join(", ", report.Clusters)}").Raw("<br>Written ");
        var written = UtcTime.Of(report.Written);
        page.Raw($"<time datetime=\"{written.Replace(' ', 'T')}\">{written}</time></p>\n</header>\n<main>\n");
        HtmlSummary.Write(page, report);
        HtmlAccounts.Write(page, report);
        WriteRules(page, report);
        page.Raw($"</main>\n<script>{script}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    internal static string Plural(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");

    private static void WriteRules(HtmlText page, AuditReport report)
    {
        if (report.Rules.Count == 0)
        {
            return;
        }

        page.Raw("<section id=\"rules\">\n<h2>The rules that something was found by</h2>\n");
        foreach (var rule in report.Rules)
        {
            page.Raw("<details>\n<summary>").Text($"{rule.Id}: {rule.Title}").Raw("</summary>\n<dl>\n");
            page.Term("Looks for", rule.LooksFor).Term("Why", rule.Why).Term("Remedy", rule.Remedy).Term("Reference", rule.Reference);
            page.Raw("</dl>\n</details>\n");
        }

        page.Raw("</section>\n");
    }

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
