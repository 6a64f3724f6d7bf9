BeforeDiscovery { Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1') }

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox -Scenario audit
    $findings = Invoke-KubeServiceAccountAudit
}
AfterAll { Stop-TestSandbox }

Describe 'the scenario audit' {
    It 'has something for <_>' -ForEach (
        # What needs an operator, a DaemonSet, or an object that admission does not let in, is in no sandbox.
        (Get-KubeServiceAccountAuditRule | Where-Object Id -NotIn SA-DEPUTY, SA-NODEAGENT-POWER, SA-MISSING, SA-TOKEN-ORPHAN, NOT-READ, EXCEPTION-EXPIRED).Id
    ) {
        $findings.RuleId | Should -Contain $_
    }

    It 'has traps that nothing falls into: <Account>' -ForEach @(
        @{ Account = 'platform/trap-groups'; Rule = 'SA-IMPERSONATE' }
        @{ Account = 'platform/trap-bind'; Rule = 'SA-BIND' }
        @{ Account = 'platform/trap-escalate'; Rule = 'SA-ESCALATE' }
        @{ Account = 'platform/trap-named'; Rule = 'SA-SECRETS-ALL' }
        @{ Account = 'platform/trap-scale'; Rule = 'SA-WILDRES' }
        @{ Account = 'platform/trap-metrics'; Rule = 'SA-NODES-PROXY' }
        @{ Account = 'platform/trap-signer'; Rule = 'SA-CSR' }
        @{ Account = 'shop/trap-quiet'; Rule = 'SA-AUTOMOUNT-NEEDLESS' }
        @{ Account = 'ci/default'; Rule = 'SA-DEFAULT-USED' }
    ) {
        Get-KubeServiceAccount -Name $Account.Split('/')[1] -Namespace $Account.Split('/')[0] | Should -Not -BeNullOrEmpty
        $findings | Where-Object Account -EQ $Account | Where-Object RuleId -EQ $Rule | Should -BeNullOrEmpty
    }

    It 'has paths to cluster-admin, and they go into one report with the findings' {
        $paths = Find-KubeEscalationPath
        $paths.From | Should -Contain 'platform/binder'
        $paths.From | Should -Not -Contain 'platform/trap-bind'
        $file = $findings, $paths | ForEach-Object { $_ } | Export-KubeServiceAccountAuditReport TestDrive:/audit.html
        Get-Content $file.FullName -Raw | Should -Match 'What platform/binder can become'
    }
}
