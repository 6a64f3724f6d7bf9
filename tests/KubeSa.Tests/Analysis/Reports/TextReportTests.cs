using System.Text.Json.Nodes;
using KubeSa.Analysis.Reports;
using Xunit;

namespace KubeSa.Tests.Analysis.Reports;

public sealed class TextReportTests
{
    [Theory]
    [InlineData("=cmd|'/c calc'!A0")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    public void A_cell_is_never_a_formula(string name)
    {
        var table = CsvReport.Write(SampleReports.OfHostileNames(name));
        Assert.Contains($"\"'{name}\"", table, StringComparison.Ordinal);
        Assert.DoesNotContain($",\"{name}\"", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_and_lines_stay_inside_their_cell()
    {
        var rows = CsvReport.Write(SampleReports.OfHostileNames("a\"b,c")).TrimEnd().Split("\r\n");
        Assert.Equal(3, rows.Length);
        Assert.Contains("\"a\"\"b,c\"", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_findings_and_paths_by_the_names_of_their_properties()
    {
        var json = JsonNode.Parse(JsonReport.Write(SampleReports.Lifelike()))!;
        Assert.Equal("kubesa.audit-report/v1", (string)json["format"]!);
        Assert.Equal("2026-03-01T10:30:00Z", (string)json["written"]!);
        Assert.Equal(["Critical", "Medium", "Low", "Info"], json["findings"]!.AsArray().Select(finding => (string)finding!["Severity"]!));
        Assert.Equal("ClusterRoleBinding", (string)json["findings"]![0]!["Evidence"]![0]!["Kind"]!);
        Assert.Equal("ServiceAccount kube-system/operator", (string)json["paths"]![0]!["Steps"]![0]!["To"]!);
    }
}
