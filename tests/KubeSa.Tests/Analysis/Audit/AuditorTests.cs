using System.Management.Automation.Language;
using KubeSa.Analysis.Audit;
using KubeSa.Analysis.Snapshot;
using Xunit;

namespace KubeSa.Tests.Analysis.Audit;

public sealed class AuditorTests
{
    public static TheoryData<string, string> Cases => [.. AuditCases.All.Select(one => new TheoryDataRow<string, string>(one.Rule, one.Name))];

    public static TheoryData<string> Rules => [.. AuditChecks.All.Select(check => check.Rule.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rule_finds_what_it_looks_for_and_nothing_else(string rule, string name)
    {
        var one = AuditCases.All.Single(found => found.Rule == rule && found.Name == name);
        var found = Find(one.Cluster(new SnapshotBuilder()).Build()).Where(finding => finding.RuleId == rule).ToList();
        if (one.Severity is not { } severity)
        {
            Assert.Empty(found);
            return;
        }

        var finding = Assert.Single(found);
        Assert.Equal(severity, finding.Severity);
        Assert.NotEmpty(finding.Evidence);
        Assert.NotEmpty(finding.Remedy);
        Assert.NotEmpty(finding.Reference);
        Assert.Equal("https://c", finding.ClusterServer);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_has_a_case_and_a_trap(string rule)
    {
        Assert.Contains(AuditCases.All, one => one.Rule == rule && one.Severity is not null);
        Assert.Contains(AuditCases.All, one => one.Rule == rule && one.Severity is null);
    }

    [Fact]
    public void There_are_at_least_45_rules() => Assert.InRange(AuditChecks.All.Count, 45, 60);

    [Fact]
    public void A_fingerprint_is_the_same_in_every_run_and_cluster_and_for_no_two_findings()
    {
        foreach (var one in AuditCases.All)
        {
            var (here, there) = (Find(one.Cluster(new SnapshotBuilder()).Build("here")), Find(one.Cluster(new SnapshotBuilder()).Build("there")));
            Assert.Equal(here.Select(finding => finding.Fingerprint), there.Select(finding => finding.Fingerprint));
            Assert.Equal(here.Count, here.Select(finding => finding.Fingerprint).Distinct().Count());
        }
    }

    [Fact]
    public void A_fingerprint_outlives_a_rollout()
    {
        static IEnumerable<string> Prints(string pod) => Find(new SnapshotBuilder().Account("ci/app", runs: false)
            .Workload("Deployment", "ci/app", "web").Build() with
        { Pods = [new SnapshotWorkload("Pod", "ci", pod) { ServiceAccount = "app", Owner = "ReplicaSet/web" }] }).Select(finding => finding.Fingerprint);

        Assert.Equal(Prints("web-abcde"), Prints("web-vwxyz"));
        Assert.NotEmpty(Prints("web-abcde"));
    }

    [Fact]
    public void What_could_not_be_read_is_told_of_with_the_rules_that_are_unknown()
    {
        var finding = Assert.Single(Find(new SnapshotBuilder().NotRead(SnapshotParts.Secrets, "vault").Build()), one => one.RuleId == "NOT-READ");
        Assert.Equal("vault", finding.Namespace);
        Assert.Contains("SA-LEGACY-TOKEN", finding.Message, StringComparison.Ordinal);
        Assert.Contains("Forbidden", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_severity_that_was_changed_says_why()
    {
        var finding = Assert.Single(Find(new SnapshotBuilder().Account("ci/app", runs: false).Grant("ci/app", null, "* *").Build()), one => one.RuleId == "SA-ADMIN");
        Assert.Equal(AuditSeverity.High, finding.Severity);
        Assert.Contains("no pod runs as it", finding.SeverityReason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_looked_at_lowers_no_severity()
    {
        var finding = Assert.Single(
            Find(new SnapshotBuilder().Account("ci/app", runs: false).Grant("ci/app", null, "* *").NotRead(SnapshotParts.Pods).Build()), one => one.RuleId == "SA-ADMIN");
        Assert.Equal(AuditSeverity.Critical, finding.Severity);
    }

    [Fact]
    public void Every_command_is_one_line_that_PowerShell_can_read()
    {
        foreach (var finding in AuditCases.All.SelectMany(one => Find(one.Cluster(new SnapshotBuilder()).Build())).Where(finding => finding.Command is not null))
        {
            var script = Parser.ParseInput(finding.Command, out _, out var errors);
            Assert.Empty(errors);
            var command = Assert.Single(script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true));
            Assert.Matches("^[A-Z][a-z]+-Kube", ((CommandAst)command).GetCommandName());
        }
    }

    [Theory]
    [InlineData("x'; Remove-Item / -Recurse; '")]
    [InlineData("x\u2019; Remove-Item / -Recurse; \u2018")]
    [InlineData("$(Remove-Item x)")]
    [InlineData("`n; Remove-Item x")]
    [InlineData("-Force")]
    public void A_name_stays_one_argument(string name)
    {
        var script = Parser.ParseInput($"Get-KubeRole {PowerShellText.Argument(name)}", out _, out var errors);
        Assert.Empty(errors);
        var command = (CommandAst)Assert.Single(script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true));
        Assert.Equal(name, ((StringConstantExpressionAst)command.CommandElements[1]).Value);
    }

    private static List<AuditFinding> Find(AccessSnapshot snapshot) => [.. Auditor.Findings(snapshot, AuditChecks.All)];
}
