using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using KubeSa.Analysis.Reports;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Analysis.Reports;

public sealed class SarifReportTests
{
    private static readonly Lazy<JsonSchema> Schema = new(() =>
        JsonSchema.FromText(File.ReadAllText(Path.Combine(Repository.Root, "tests/KubeSa.Tests/Analysis/Reports/sarif-2.1.0.schema.json"))));

    public static TheoryData<string> Samples => ["lifelike", "hostile", "empty"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void It_is_valid_by_the_published_schema(string sample)
    {
        foreach (var text in Write(sample))
        {
            var verdict = Schema.Value.Evaluate(JsonDocument.Parse(text).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
            Assert.True(verdict.IsValid, string.Join('\n', (verdict.Details ?? []).Where(detail => detail.Errors is not null)
                .Select(detail => $"{detail.InstanceLocation}: {string.Join("; ", detail.Errors!.Values)}")));
        }
    }

    [Fact]
    public void The_schema_can_refuse()
    {
        var broken = Write("lifelike")[0].Replace("\"physicalLocation\"", "\"physicalPlace\"", StringComparison.Ordinal);
        Assert.False(Schema.Value.Evaluate(JsonDocument.Parse(broken).RootElement).IsValid);
    }

    [Fact]
    public void Each_cluster_is_a_run_with_a_category_of_its_own()
    {
        var runs = Runs(Write("lifelike")[0]);
        Assert.Equal(["kubesa/prod/", "kubesa/test/"], runs.Select(run => (string)run["automationDetails"]!["id"]!));
        Assert.Equal([4, 2], runs.Select(run => run["results"]!.AsArray().Count));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Each_result_has_a_place_a_fingerprint_and_a_rule(string sample)
    {
        foreach (var run in Write(sample).SelectMany(Runs))
        {
            var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
            Assert.All(rules, rule => Assert.InRange(rule!["fullDescription"]!["text"]!.GetValue<string>().Length, 1, 1024));
            foreach (var result in run["results"]!.AsArray())
            {
                var uri = (string)result!["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!;
                Assert.Matches("^clusters/[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+){1,2}$", uri);
                Assert.DoesNotContain(uri.Split('/'), part => part.Trim('.').Length == 0);
                Assert.EndsWith(":1", (string)result["partialFingerprints"]!["primaryLocationLineHash"]!, StringComparison.Ordinal);
                Assert.Equal((string)result["ruleId"]!, (string)rules[(int)result["ruleIndex"]!]!["id"]!);
            }
        }
    }

    [Fact]
    public void A_path_is_told_step_by_step()
    {
        var path = Runs(Write("lifelike")[0])[0]["results"]!.AsArray().Single(result => (string)result!["ruleId"]! == "SA-PATH-CLUSTER-ADMIN");
        Assert.Equal(2, path!["codeFlows"]![0]!["threadFlows"]![0]!["locations"]!.AsArray().Count);
    }

    [Fact]
    public void What_goes_beyond_a_limit_goes_into_further_runs_and_files()
    {
        var runs = Runs(Write("large").Single());
        Assert.Equal([SarifReport.MostResults, 1], runs.Select(run => run["results"]!.AsArray().Count));
        Assert.Equal(["kubesa/prod/", "kubesa/prod/2/"], runs.Select(run => (string)run["automationDetails"]!["id"]!));

        // The gravest come first: they are in the run that is read first.
        Assert.Equal("error", (string)runs[0]["results"]![0]!["level"]!);

        var clusters = Enumerable.Range(0, SarifReport.MostRuns + 1).Select(i => SampleReports.Finding("SA-ADMIN", AuditSeverity.High, "ci", "deployer", $"c{i:00}"));
        Assert.Equal([SarifReport.MostRuns, 1], SarifReport.Write(Of(clusters), "1.0.0").Select(text => Runs(text).Count));
    }

    [Fact]
    public void A_fingerprint_stays_when_names_of_pods_change()
    {
        var before = SampleReports.Path("ci", "deployer", "prod", "cluster-admin", ["Pod ci/web-7f6d9-x2x4z", "cluster-admin"]);
        var after = SampleReports.Path("ci", "deployer", "prod", "cluster-admin", ["Pod ci/web-7f6d9-abcde", "cluster-admin"]);
        var other = SampleReports.Path("ci", "other", "prod", "cluster-admin", ["Pod ci/web-7f6d9-abcde", "cluster-admin"]);
        Assert.Equal(PathRules.Fingerprint(before), PathRules.Fingerprint(after));
        Assert.NotEqual(PathRules.Fingerprint(before), PathRules.Fingerprint(other));
    }

    private static IReadOnlyList<string> Write(string sample) => SarifReport.Write(
        sample switch
        {
            "lifelike" => SampleReports.Lifelike(),
            "hostile" => SampleReports.OfHostileNames("../..\\%2e%2e/" + SampleReports.Hostile),
            "large" => Of(Enumerable.Range(0, SarifReport.MostResults + 1)
                .Select(i => SampleReports.Finding("SA-ADMIN", i == SarifReport.MostResults ? AuditSeverity.Critical : AuditSeverity.Low, "ci", $"a{i}", "prod"))),
            _ => Of([]),
        },
        "1.2.3");

    private static AuditReport Of(IEnumerable<AuditFinding> findings) => new(findings, [], new Dictionary<string, AuditRule>(), SampleReports.Written);

    private static IReadOnlyList<JsonNode> Runs(string sarif) => [.. JsonNode.Parse(sarif)!["runs"]!.AsArray().Select(run => run!)];
}
