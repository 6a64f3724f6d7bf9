using System.Text.RegularExpressions;
using KubeSa.Analysis.Reports;
using Xunit;

namespace KubeSa.Tests.Analysis.Reports;

public sealed partial class HtmlReportTests
{
    [Fact]
    public void Names_of_a_hostile_cluster_stay_text()
    {
        var page = HtmlReport.Write(SampleReports.OfHostileNames());
        Assert.Single(Script().Matches(page));
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);

        // And they are there: a page that drops them would pass the lines above.
        Assert.Contains("&lt;img src=x onerror=", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https?://(?!www\\.w3\\.org/2000/svg)")]
    [InlineData("<link|<iframe|<object|<embed|@import|url\\(")]
    public void Nothing_is_loaded_from_anywhere(string pattern) =>
        Assert.DoesNotMatch(pattern, HtmlReport.Write(SampleReports.Lifelike()));

    [Fact]
    public void All_that_was_found_is_on_the_page()
    {
        var page = HtmlReport.Write(SampleReports.Lifelike());
        Assert.All(
            ["SA-ADMIN", "SA-SECRETS-NS", "SA-AUTOMOUNT-NEEDLESS", "An account may do everything", "ci/deployer", "ServiceAccount kube-system/operator", "2026-03-01T10:30:00Z"],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Contains("What could not be looked at", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_nothing_says_so() =>
        Assert.Contains("Nothing was found.", HtmlReport.Write(new AuditReport([], [], new Dictionary<string, AuditRule>(), SampleReports.Written)), StringComparison.Ordinal);

    [Fact]
    public void A_graph_too_large_to_draw_says_what_is_left_out()
    {
        var paths = Enumerable.Range(0, PathDrawing.MostVertices + 20).Select(i => SampleReports.Path("ci", "deployer", "prod", $"namespace n{i}", [$"namespace n{i}"]));
        var page = HtmlReport.Write(new AuditReport([], paths, new Dictionary<string, AuditRule>(), SampleReports.Written));
        Assert.Contains("21 further steps not drawn", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("<script", RegexOptions.IgnoreCase)]
    private static partial Regex Script();
}
