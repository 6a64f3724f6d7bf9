using System.Buffers;
using System.Collections;
using System.Management.Automation;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Secrecy;

/// <summary>
/// Every cmdlet that asks a server, against one that gives back what it was shown: no stream, record, object, report, ticket or
/// file holds it. The cmdlets are read from the module, so a new one without a case fails here.
/// </summary>
[Collection(SharedProcess.Name)]
public sealed class EchoTests(EchoFixture echo) : IClassFixture<EchoFixture>
{
    private const string AsksNoServer = "";

    // What each is told to do. $tested is the token in use, once more.
    private static readonly Dictionary<string, string> Cases = new()
    {
        ["Compare-KubeAccessSnapshot"] = "$old = (Export-KubeAccessSnapshot \"$folder/old.json\" -Force).FullName; Compare-KubeAccessSnapshot $old",
        ["Connect-KubeCluster"] = "Connect-KubeCluster -Server $url -TokenFile $tokenFile -CertificateAuthority $ca -Namespace team-a -TimeoutSeconds 20; Get-KubeIdentity",
        ["ConvertFrom-KubeAccessEvidence"] = "Test-KubeInClusterAccess -MountPath $folder -ApiServer $url -TimeoutSeconds 20 -AsEvidence | ConvertFrom-KubeAccessEvidence -AdminConnection (Get-KubeConnection)",
        ["ConvertFrom-KubeServiceAccountToken"] = AsksNoServer,
        ["ConvertFrom-SaTokenSecret"] = AsksNoServer,
        // Its output is what the server sends, as was asked for.
        ["ConvertTo-KubeYaml"] = "$null = Get-KubeServiceAccount web | ConvertTo-KubeYaml -Verbose",
        ["Disable-KubeSaTokenSecret"] = "Disable-KubeSaTokenSecret web; Disable-KubeSaTokenSecret web-token -Verbose",
        ["Enable-KubeSaTokenSecret"] = "Enable-KubeSaTokenSecret web; Enable-KubeSaTokenSecret web-token -Verbose",
        ["Disconnect-KubeCluster"] = AsksNoServer,
        ["Export-KubeServiceAccountKubeConfig"] = "Export-KubeServiceAccountKubeConfig web -Path \"$folder/out\" -Force; Export-KubeServiceAccountKubeConfig web -TokenSecret web-token -Path \"$folder/out\" -Force",
        ["Export-KubeAccessSnapshot"] = "Export-KubeAccessSnapshot \"$folder/snapshot.json\" -Force | ForEach-Object { [IO.File]::ReadAllText($_.FullName) }",
        ["Export-KubeServiceAccountAuditReport"] = "Invoke-KubeServiceAccountAudit | Export-KubeServiceAccountAuditReport \"$folder/audit.html\" -Force; Invoke-KubeServiceAccountAudit | Export-KubeServiceAccountAuditReport \"$folder/audit.sarif\" -Force",
        ["Get-KubeServiceAccountAuditRule"] = AsksNoServer,
        ["Invoke-KubeServiceAccountAudit"] = "Invoke-KubeServiceAccountAudit; Invoke-KubeServiceAccountAudit team-a/web",
        ["Find-KubeAccess"] = "Find-KubeAccess list pods; Find-KubeAccess list pods -AllNamespaces",
        ["Find-KubeEscalationPath"] = "Find-KubeEscalationPath; Find-KubeEscalationPath -Target secrets",
        ["Get-KubeAccessUse"] = "Get-KubeAccessUse -AuditLog $auditLog; Get-KubeAccessUse -AuditLog $auditLog -ServiceAccount web -Unused",
        ["Invoke-KubeAccessPlan"] = "New-KubeAccessPlan web -AuditLog $auditLog | Invoke-KubeAccessPlan -Force -Confirm:$false -UndoPath \"$folder/undo.json\"",
        ["Merge-KubeAccessUse"] = AsksNoServer,
        ["New-KubeAccessPlan"] = "New-KubeAccessPlan web -AuditLog $auditLog; (New-KubeAccessPlan web -AuditLog $auditLog).ToJson()",
        ["Get-KubeAccessRule"] = "Get-KubeAccessRule web",
        ["Get-KubeConnection"] = "Get-KubeConnection",
        ["Get-KubeContext"] = AsksNoServer,
        ["Get-KubeIdentity"] = "Get-KubeIdentity; Get-KubeIdentity -As jane; Get-KubeIdentity -Rules",
        ["Get-KubeNamespace"] = "Get-KubeNamespace; Get-KubeNamespace team-a; Get-KubeNamespace team-a -LabelSelector a=b",
        ["Get-KubePodIdentity"] = AsksNoServer,
        ["Get-KubeRole"] = "Get-KubeRole web; Get-KubeRole view -ClusterWide; Get-KubeRole",
        ["Get-KubeRoleBinding"] = "Get-KubeRoleBinding web; Get-KubeRoleBinding -ClusterWide",
        ["Get-KubeResource"] = "Get-KubeResource serviceaccounts -Verbose; Get-KubeResource sa web",
        ["Get-KubeSaTokenSecret"] = "Get-KubeSaTokenSecret; Get-KubeSaTokenSecret -Name web; Get-KubeSaTokenSecret -ServiceAccount web -IncludeUse",
        ["Get-KubeServiceAccount"] = "Get-KubeServiceAccount web -IncludeTokens -IncludeEvents; Get-KubeServiceAccount -AllNamespaces; Get-KubeServiceAccount -Namespace team-*",
        ["Get-KubeServiceAccountUsage"] = "Get-KubeServiceAccountUsage; Get-KubeServiceAccountUsage -Unused; Get-KubeServiceAccountUsage -Legacy",
        ["Grant-KubeServiceAccountRole"] = "Grant-KubeServiceAccountRole web -ClusterRole view; Grant-KubeServiceAccountRole web -Role web -Verbose",
        ["Invoke-KubeInClusterProbe"] = "Invoke-KubeInClusterProbe web -TimeoutSeconds 1; (Invoke-KubeInClusterProbe web -TimeoutSeconds 1).ToTicket($true)",
        // Its output is what the server sends, as it is, which was asked for; nothing else may show it. Its views: ForeignText.Tests.ps1.
        ["Invoke-KubeRestMethod"] = "$null = Invoke-KubeRestMethod /api/v1/namespaces/team-a/serviceaccounts/web -Verbose; $null = Invoke-KubeRestMethod /version -Raw",
        ["Invoke-KubeServiceAccountCommand"] = "Invoke-KubeServiceAccountCommand web { Get-KubeIdentity }; Invoke-KubeServiceAccountCommand web -Audience vault { Get-KubeServiceAccount web } -Verbose; Invoke-KubeServiceAccountCommand web -Impersonate { Get-KubeIdentity }",
        ["New-KubeResource"] = "New-KubeResource @{ apiVersion = 'v1'; kind = 'ServiceAccount'; metadata = @{ name = 'web' } }",
        ["Remove-KubeResource"] = "Remove-KubeResource sa web -Confirm:$false",
        ["Set-KubeResource"] = "Set-KubeResource sa web -Patch @{ metadata = @{ labels = @{ a = 'b' } } }",
        ["New-KubeConnection"] = "Get-KubeIdentity -Connection (New-KubeConnection -Server $url -TokenFile $tokenFile -CertificateAuthority $ca -Namespace team-a -TimeoutSeconds 20)",
        ["New-KubeRole"] = "New-KubeRole made -Verb get -Resource pods",
        ["New-KubeSaTokenSecret"] = "New-KubeSaTokenSecret web made -TimeoutSeconds 1",
        ["New-KubeServiceAccount"] = "New-KubeServiceAccount made; @{ apiVersion = 'v1'; kind = 'ServiceAccount'; metadata = @{ name = 'web' } } | New-KubeServiceAccount",
        ["New-KubeServiceAccountToken"] = "New-KubeServiceAccountToken web; New-KubeServiceAccountToken web -BoundPod web; New-KubeServiceAccountToken web -BoundSecret web",
        ["Remove-KubeSaTokenSecret"] = "Remove-KubeSaTokenSecret web -Confirm:$false",
        ["Remove-KubeServiceAccount"] = "Remove-KubeServiceAccount web -Confirm:$false",
        ["Revoke-KubeServiceAccountRole"] = "Revoke-KubeServiceAccountRole web -ClusterRole view -Confirm:$false",
        ["Set-KubeServiceAccount"] = "Set-KubeServiceAccount web -Label @{ a = 'b' } -PassThru",
        ["Set-KubeWorkloadServiceAccount"] = "Set-KubeWorkloadServiceAccount web web",
        ["Start-KubeSandbox"] = AsksNoServer,
        ["Stop-KubeSandbox"] = AsksNoServer,
        ["Wait-KubeResource"] = "Wait-KubeResource sa/web -For condition=Ready -TimeoutSeconds 1; Wait-KubeResource sa/web -For delete -TimeoutSeconds 0",
        ["Watch-KubeResource"] = "Watch-KubeResource serviceaccounts -TimeoutSeconds 2 -Verbose",
        ["Test-KubeAccess"] = "Test-KubeAccess list pods; Test-KubeAccess list pods -ServiceAccount web; Test-KubeAccess list widgets.example.com",
        ["Test-KubeInClusterAccess"] = "$mine = @{ MountPath = $folder; ApiServer = $url; TimeoutSeconds = 20 }; $report = Test-KubeInClusterAccess @mine -AdminConnection (Get-KubeConnection); "
            + "$report; $report.ToTicket(); $report.ToTicket($true); Test-KubeInClusterAccess @mine -Verb get -AsEvidence",
        ["Test-KubeServiceAccountToken"] = "Test-KubeServiceAccountToken $tested; Test-KubeServiceAccountToken $fresh",
    };

    private static readonly string[] Tokens = [Disguises.Jwt, Disguises.Opaque];

    // Thousands of pieces, made into a search once.
    private static readonly SearchValues<string>[] Pieces = [.. Tokens.Select(token => SearchValues.Create([.. Disguises.Pieces(token)], StringComparison.Ordinal))];

    public static TheoryData<string> Cmdlets
    {
        get
        {
            using var engine = new HostedEngine();
            return [.. engine.Run("(Get-Module KubeSa).ExportedCmdlets.Keys").Text];
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Nothing_shows_what_the_server_was_shown(string cmdlet)
    {
        Assert.True(Cases.TryGetValue(cmdlet, out var script), $"{cmdlet} has no case here: say what it asks the server, or that it asks none.");
        if (script == AsksNoServer)
        {
            return;
        }

        // Each field has one of the tokens, and each cmdlet starts with another: what a field shows of either is the same code.
        for (var kind = 0; kind < Tokens.Length; kind++)
        {
            var fields = EchoServer.Fields.Where((_, at) => (at + script.Length) % Tokens.Length == kind).ToList();
            var before = echo.Server.Echoes;
            echo.Connect(Tokens[kind]);
            foreach (var field in fields)
            {
                echo.Server.Field = field;
                var search = Search(Pieces[kind], script);
                Assert.True(search.Texts > 0, $"Nothing was written to be searched ({field}).");
                Assert.True(search.Found.Count == 0, $"{field}: {string.Join(", ", search.Found.Take(5))}");
            }

            // A connection is shown as it is, and a pod's token that is not a JWT is sent nowhere.
            var asks = cmdlet != "Get-KubeConnection" && (cmdlet, kind) is not ("Test-KubeInClusterAccess" or "ConvertFrom-KubeAccessEvidence", 1);
            Assert.True(!asks || echo.Server.Echoes - before >= fields.Count, "The server was hardly asked.");
        }
    }

    [Fact]
    public void The_search_finds_what_the_server_was_shown_where_it_stands()
    {
        foreach (var (form, disguise) in Disguises.All)
        {
            var search = new SecretSearch(Pieces[0]);
            search.Look(new ErrorRecord(new InvalidOperationException($"It says {disguise(Disguises.Jwt).Replace("\u200b", string.Empty, StringComparison.Ordinal)}"), "x", ErrorCategory.NotSpecified, null), "error");
            Assert.True(search.Found.Count > 0, form);
        }
    }

    private SecretSearch Search(SearchValues<string> pieces, string script)
    {
        var result = echo.Engine.Run($"$Error.Clear(); $VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; {script}");
        var search = new SecretSearch(pieces);
        search.Look(result.Output, "output");
        search.Look(result.Errors, "errors");
        search.Look(result.Warnings, "warnings");
        search.Look(result.Verbose, "verbose");
        search.Look(result.Debug, "debug");
        search.Look(result.Information, "information");
        search.Look(result.Progress, "progress");
        search.Look(result.Thrown, "thrown");
        search.Look((IEnumerable)echo.Engine.Runspace.SessionStateProxy.GetVariable("Error"), "$Error");
        return search;
    }
}
