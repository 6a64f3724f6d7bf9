using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>
/// Who answers No, or asks what would happen, changes nothing: the objects of the server are compared, and not what the cmdlet
/// says. Who answers Yes does, which proves that there was something to change. The cmdlets are read from the module.
/// </summary>
public sealed class ConfirmationTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    // What each is told, on a cluster made ready by Stage.
    private static readonly Dictionary<string, string> Arguments = new()
    {
        ["Disable-KubeSaTokenSecret"] = "keeper-token",
        ["Enable-KubeSaTokenSecret"] = "quarantined-token",
        ["Export-KubeServiceAccountKubeConfig"] = "keeper -Duration 1h",
        ["Grant-KubeServiceAccountRole"] = "keeper -ClusterRole edit",
        ["Invoke-KubeAccessPlan"] = "-Path $folder/plan.json -UndoPath $folder/undo.json -Force",
        ["Invoke-KubeInClusterProbe"] = "keeper -TimeoutSeconds 1 -Keep",
        ["Invoke-KubeRestMethod"] = "/api/v1/namespaces/team-a/configmaps/colours -Method DELETE",
        ["Invoke-KubeServiceAccountCommand"] = "keeper { New-KubeServiceAccount ran -Namespace team-a -Connection $admin -Confirm:$false }",
        ["New-KubeResource"] = "@{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'sizes' } }",
        ["New-KubeRole"] = "reader-of-pods -Verb get -Resource pods",
        ["New-KubeSaTokenSecret"] = "keeper second",
        ["New-KubeServiceAccount"] = "another",
        ["New-KubeServiceAccountToken"] = "keeper -AsPlainText",
        ["Remove-KubeResource"] = "configmaps colours",
        ["Remove-KubeSaTokenSecret"] = "keeper-token",
        ["Remove-KubeServiceAccount"] = "keeper",
        ["Revoke-KubeServiceAccountRole"] = "keeper -ClusterRole view",
        ["Set-KubeResource"] = "sa/keeper -Patch @{ metadata = @{ labels = @{ a = 'b' } } }",
        ["Set-KubeServiceAccount"] = "keeper -Label @{ a = 'b' }",
        ["Set-KubeWorkloadServiceAccount"] = "shop -ServiceAccount keeper",
    };

    private const string Stage = """
        $ErrorActionPreference = 'SilentlyContinue'
        $namespace = Get-KubeServiceAccount -Namespace team-a | Where-Object Name -in 'keeper', 'another', 'ran'
        $namespace | Remove-KubeServiceAccount -Confirm:$false -WarningAction Ignore
        foreach ($kind in 'configmaps', 'secrets', 'deployments.apps', 'jobs.batch', 'rolebindings', 'roles') {
            Get-KubeResource $kind -Namespace team-a | Where-Object { $_.metadata.name -match 'colours|sizes|token|second|shop|keeper|reader-of-pods|kubesa' } | Remove-KubeResource -Confirm:$false
        }
        $ErrorActionPreference = 'Stop'
        $null = New-KubeServiceAccount keeper -Namespace team-a -Confirm:$false
        $null = New-KubeSaTokenSecret keeper keeper-token -Namespace team-a -Confirm:$false
        $null = New-KubeSaTokenSecret keeper quarantined-token -Namespace team-a -Confirm:$false
        $null = Grant-KubeServiceAccountRole team-a/keeper -ClusterRole view -Namespace team-a -Confirm:$false
        $null = New-KubeResource @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'colours'; namespace = 'team-a' } } -Confirm:$false
        $pod = @{ metadata = @{ labels = @{ app = 'shop' } }; spec = @{ containers = @(@{ name = 'c'; image = 'example' }) } }
        $null = New-KubeResource @{ apiVersion = 'apps/v1'; kind = 'Deployment'; metadata = @{ name = 'shop'; namespace = 'team-a' }; spec = @{ replicas = 0; selector = @{ matchLabels = @{ app = 'shop' } }; template = $pod } } -Confirm:$false
        $null = Disable-KubeSaTokenSecret quarantined-token -Namespace team-a -Confirm:$false
        [IO.File]::Delete("$folder/undo.json")
        [IO.File]::WriteAllText("$folder/audit.log", '{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"1","stage":"ResponseComplete","requestURI":"/api/v1/namespaces/team-a/pods","verb":"list","user":{"username":"system:serviceaccount:team-a:keeper"},"objectRef":{"resource":"pods","namespace":"team-a","apiVersion":"v1"},"responseStatus":{"code":200},"requestReceivedTimestamp":"2026-01-02T03:04:05Z","stageTimestamp":"2026-01-02T03:04:05Z","annotations":{"authorization.k8s.io/decision":"allow"}}')
        [IO.File]::WriteAllText("$folder/plan.json", (New-KubeAccessPlan team-a/keeper -AuditLog $folder/audit.log -WarningAction Ignore).ToJson())
        """;

    // What the controllers write by themselves is left out.
    private const string State = """
        foreach ($kind in 'serviceaccounts', 'secrets', 'configmaps', 'rolebindings', 'roles', 'jobs.batch', 'deployments.apps') {
            Get-KubeResource $kind -Namespace team-a | ForEach-Object { "$kind/$($_.metadata.name) $($_.metadata.uid) $($_.metadata.generation) $($_.metadata.labels) $($_.metadata.annotations) $($_.spec.template.spec.serviceAccountName) $($_.data)" }
        }
        Get-KubeRoleBinding -ClusterWide | ForEach-Object { "$_ $($_.Subjects)" }
        """;

    // Of the sandbox, which removes it.
    private string Folder => $"$folder = '{Path.GetDirectoryName(sandbox.Server.KubeConfig)}'\n";

    public static TheoryData<string> Cmdlets
    {
        get
        {
            using var engine = new HostedEngine();
            return [.. engine.Run("(Get-Command -Module KubeSa | Where-Object { $_.Parameters.Keys -contains 'WhatIf' -and $_.Parameters.Keys -contains 'Context' }).Name").Text];
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Nothing_changes_before_somebody_says_yes(string cmdlet)
    {
        Assert.True(Arguments.TryGetValue(cmdlet, out var arguments), $"{cmdlet} has no case here.");
        using var admin = sandbox.Connect();
        admin.Run(Folder + Stage).RequireNoErrors();
        var before = admin.Run(State).RequireNoErrors().Text;
        Assert.NotEmpty(before);

        var (no, answered) = Run(cmdlet, arguments, "No", "-Confirm");
        Assert.NotEmpty(no);
        Assert.Empty(answered.Output);
        Assert.Equal(before, admin.Run(State).Text);

        var (asked, told) = Run(cmdlet, arguments, "Yes", "-WhatIf");
        Assert.Empty(asked);
        Assert.Empty(told.Output);
        Assert.Equal(before, admin.Run(State).Text);

        var (_, done) = Run(cmdlet, arguments, "Yes", "-Confirm");
        Assert.True(done.Output.Count > 0 || !before.SequenceEqual(admin.Run(State).Text), "Whoever says yes changes nothing either.");
    }

    [Fact]
    public void Who_is_asked_for_an_account_sees_what_still_uses_it_and_at_which_cluster()
    {
        using var admin = sandbox.Connect();
        admin.Run(Folder + Stage).RequireNoErrors();
        var (questions, _) = Run("Remove-KubeServiceAccount", "keeper", "No", string.Empty);
        var question = Assert.Single(questions);
        Assert.Contains("(still used by: 1 binding)", question, StringComparison.Ordinal);
        Assert.Contains(new Uri(sandbox.Server.Url).Authority, question, StringComparison.Ordinal);
    }

    private (IReadOnlyList<string> Questions, EngineResult Result) Run(string cmdlet, string arguments, string answer, string how)
    {
        var host = new AnsweringHost(answer);
        using var engine = new HostedEngine(host: host);
        engine.Run($"{Folder}$admin = Connect-KubeCluster -KubeConfig '{sandbox.Server.KubeConfig}' -Context admin").RequireNoErrors();
        var where = cmdlet is "Invoke-KubeRestMethod" or "Invoke-KubeAccessPlan" ? string.Empty : "-Namespace team-a";
        return (host.Questions, engine.Run($"{cmdlet} {arguments} {where} {how} -WarningAction Ignore -ErrorAction SilentlyContinue"));
    }
}
