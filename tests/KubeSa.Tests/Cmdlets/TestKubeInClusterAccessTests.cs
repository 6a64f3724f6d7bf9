using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>The story's heart; what leads to each verdict is tested with the judge.</summary>
public sealed class TestKubeInClusterAccessTests(RetiredKeyFixture retired, SandboxFixture modern)
    : IClassFixture<RetiredKeyFixture>, IClassFixture<SandboxFixture>
{
    [Fact]
    public void Counts_the_pods_with_a_good_mount()
    {
        using var engine = new HostedEngine();
        var report = Assert.Single(engine.Run($"Test-KubeInClusterAccess -MountPath '{modern.Server.MountPath}'").RequireNoErrors().As<AccessReport>());
        Assert.True(report.Success, string.Join('\n', report.Checks.Select(check => check.ToString())));
        Assert.Matches(@"^There (is 1 pod|are \d+ pods) in the cluster$", report.Summary);
        Assert.Equal(Enum.GetValues<AccessCheckName>(), report.Checks.Select(check => check.Name));
        Assert.Equal(DateTimeKind.Local, report.Timestamp.Kind);
    }

    [Fact]
    public void Cannot_say_more_than_rejected_from_inside()
    {
        using var engine = new HostedEngine();
        var report = Assert.Single(engine.Run($"Test-KubeInClusterAccess -MountPath '{retired.Server.MountPath}'").RequireNoErrors().As<AccessReport>());
        Assert.Equal((false, AccessCause.TokenRejected), (report.Success, report.Cause));
        Assert.Equal("system:serviceaccount:kube-system:default", report.UserName);
    }

    [Fact]
    public void Names_the_retired_key_by_evidence_alone_where_an_administrator_may_read_the_Secret()
    {
        using var engine = retired.Connect();
        engine.Run($"$json = Test-KubeInClusterAccess -MountPath '{retired.Server.MountPath}' -AsEvidence").RequireNoErrors();
        var report = Assert.Single(engine.Run("$json | Test-KubeInClusterAccess -AdminConnection (Get-KubeConnection)").RequireNoErrors().As<AccessReport>());
        Assert.Equal(AccessCause.SignatureKeyUnknown, report.Cause);
        Assert.NotNull(report.Checks.Single(check => check.Status == AccessCheckStatus.Fail).Remedy);
    }

    [Fact]
    public void Names_the_retired_key_with_an_administrators_connection()
    {
        using var engine = retired.Connect();
        var report = Assert.Single(engine.Run(
            $"Test-KubeInClusterAccess -MountPath '{retired.Server.MountPath}' -AdminConnection (Get-KubeConnection)").RequireNoErrors().As<AccessReport>());
        Assert.Equal(AccessCause.SignatureKeyUnknown, report.Cause);
        var check = report.Checks.Single(item => item.Status == AccessCheckStatus.Fail);
        Assert.Equal(AccessCheckName.Authentication, check.Name);
        Assert.Contains("Set-KubeWorkloadServiceAccount", check.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_true_or_false_when_quiet()
    {
        using var engine = new HostedEngine();
        var script = $"Test-KubeInClusterAccess -MountPath '{modern.Server.MountPath}' -Quiet; Test-KubeInClusterAccess -MountPath '{retired.Server.MountPath}' -Quiet";
        Assert.Equal([true, false], engine.Run(script).RequireNoErrors().As<bool>());
    }

    [Theory]
    [InlineData("configmaps", "list-configmaps", "Grant-KubeServiceAccountRole team-a/pod-watcher -Verb list -Resource configmaps -Namespace team-a")]
    [InlineData("deploy", "list-deployments", "Grant-KubeServiceAccountRole team-a/pod-watcher -Verb list -Resource deployments.apps -Namespace team-a")]
    public void Gives_the_line_that_grants_what_is_missing_and_no_more(string resource, string role, string line)
    {
        using var engine = modern.Connect();
        var check = $"Test-KubeInClusterAccess -MountPath '{modern.Server.MountPath}' -Resource {resource} -Namespace team-a";
        var report = Assert.Single(engine.Run($"{check} -AdminConnection (Get-KubeConnection)").RequireNoErrors().As<AccessReport>());
        Assert.Equal(line, report.Command);
        var binding = Assert.Single(engine.Run(line).RequireNoErrors().As<RoleBinding>());
        Assert.Equal([true], engine.Run($"{check} -Quiet").RequireNoErrors().As<bool>());
        engine.Run($"Revoke-KubeServiceAccountRole team-a/pod-watcher -Role {role} -Namespace team-a").RequireNoErrors();
        Assert.Equal((role, "Role"), (binding.Role, binding.RoleKind));

        // The role is there now, and gives just that: an administrator's view proposes it.
        var again = Assert.Single(engine.Run($"{check} -AdminConnection (Get-KubeConnection)").RequireNoErrors().As<AccessReport>());
        Assert.Equal($"Grant-KubeServiceAccountRole team-a/pod-watcher -Role {role} -Namespace team-a", again.Command);
    }

    [Fact]
    public void Says_of_each_round_how_it_stands_to_the_one_before()
    {
        using var engine = new HostedEngine();
        var mount = Directory.CreateTempSubdirectory("kubesa-rounds-").FullName;
        foreach (var file in Directory.GetFiles(modern.Server.MountPath).Where(file => !Path.GetFileName(file).StartsWith('.')))
        {
            File.Copy(file, Path.Combine(mount, Path.GetFileName(file)));
        }

        var token = File.ReadAllText(Path.Combine(mount, "token"));
        engine.SetVariable("change", (int round) => File.WriteAllText(Path.Combine(mount, "token"), round == 1 ? "broken" : token));
        var reports = engine.Run($"Test-KubeInClusterAccess -MountPath '{mount}' -Continuous -Count 3 -IntervalSeconds 0 | ForEach-Object {{ $change.Invoke($_.Round); $_ }}")
            .RequireNoErrors();
        Assert.Equal([AccessRoundChange.First, AccessRoundChange.Failed, AccessRoundChange.Recovered], reports.As<AccessReport>().Select(report => report.Change!.Value));
        Assert.All(reports.Output, report => Assert.Equal("KubeSa.AccessReport#Round", report.TypeNames[0]));
        Directory.Delete(mount, recursive: true);
    }

    [Fact]
    public void Goes_on_through_failures_as_often_as_told()
    {
        using var engine = new HostedEngine();
        var reports = engine.Run("Test-KubeInClusterAccess -MountPath /no-such-mount -Continuous -Count 3 -IntervalSeconds 0.05").RequireNoErrors().As<AccessReport>();
        Assert.Equal(3, reports.Count);
        Assert.All(reports, report => Assert.False(report.Success));
    }

    [Fact]
    public void Fails_where_the_account_has_no_right()
    {
        using var engine = new HostedEngine();
        var report = Assert.Single(engine.Run(
            $"Test-KubeInClusterAccess -MountPath '{modern.Server.MountPath}' -Resource secrets -Namespace kube-system").RequireNoErrors().As<AccessReport>());
        Assert.Equal(AccessCause.Forbidden, report.Cause);
        Assert.Contains("secrets", report.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-KubeInClusterAccess -Evidence $json")]
    [InlineData("$json | Test-KubeInClusterAccess")]
    [InlineData("$json -split \"`n\" | Test-KubeInClusterAccess")]
    [InlineData("@('Welcome to c: {}', '-----BEGIN KUBESA EVIDENCE-----'; $json -split \"`n\"; '-----END KUBESA EVIDENCE-----', 'bye') | Test-KubeInClusterAccess")]
    public void Judges_evidence_of_another_run_as_it_judged_it_there(string script)
    {
        using var engine = new HostedEngine();
        engine.Run($"$json = Test-KubeInClusterAccess -MountPath '{retired.Server.MountPath}' -AsEvidence; $there = Test-KubeInClusterAccess -MountPath '{retired.Server.MountPath}'").RequireNoErrors();
        var there = (AccessReport)engine.Run("$there").RequireNoErrors().Output[0].BaseObject;
        var here = Assert.Single(engine.Run(script).RequireNoErrors().As<AccessReport>());
        Assert.Equal((there.Cause, there.Summary, there.UserName), (here.Cause, here.Summary, here.UserName));
        Assert.Equal(AccessCause.TokenRejected, here.Cause);
    }

    [Fact]
    public void Judges_evidence_in_files_by_path_and_by_pipeline()
    {
        using var engine = new HostedEngine();
        engine.Run(
            $"$file = [IO.Path]::GetTempFileName(); [IO.File]::WriteAllText($file, (Test-KubeInClusterAccess -MountPath '{modern.Server.MountPath}' -AsEvidence))").RequireNoErrors();
        var script = "try { Test-KubeInClusterAccess -Evidence $file -Quiet; [IO.FileInfo]$file, [IO.FileInfo]$file | Test-KubeInClusterAccess -Quiet } finally { [IO.File]::Delete($file) }";
        Assert.Equal([true, true, true], engine.Run(script).RequireNoErrors().As<bool>());
    }

    [Fact]
    public void Takes_the_mount_and_not_the_text_of_an_object_that_has_one()
    {
        using var engine = new HostedEngine();
        Assert.Equal([true], engine.Run($"Get-KubePodIdentity '{modern.Server.MountPath}' | Test-KubeInClusterAccess -Quiet").RequireNoErrors().As<bool>());
    }

    [Theory]
    [InlineData("Test-KubeInClusterAccess -Evidence /no-such-evidence", "FileNotFound")]
    [InlineData("Test-KubeInClusterAccess -Evidence '{}'", "InvalidEvidence")]
    [InlineData("'one', 'c: two' | Test-KubeInClusterAccess", "InvalidEvidence")]
    public void Says_where_there_is_no_evidence(string script, string id)
    {
        using var engine = new HostedEngine();
        var result = engine.Run(script);
        Assert.Empty(result.Output);
        Assert.StartsWith(id + ",", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-KubeInClusterAccess -Evidence '{}' -Resource secrets")]
    [InlineData("'{}' | Test-KubeInClusterAccess -TimeoutSeconds 3")]
    public void Refuses_to_ask_what_the_evidence_was_not_asked(string script)
    {
        using var engine = new HostedEngine();
        Assert.StartsWith("InvalidRequest,", Assert.Single(engine.Run(script).Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
