BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $log = Join-Path $TestDrive 'audit.log'
    $sandbox = Start-KubeSandbox -AuditLog $log -Connect
    $reader = New-KubeConnection -KubeConfig $sandbox.KubeConfig -Context reader
    Get-KubeResource pods -Namespace team-a -Connection $reader | Out-Null
}
AfterAll { Stop-TestSandbox }

Describe 'New-KubeAccessPlan' {
    It 'holds what was used, and nothing of the log would be refused' {
        $plan = New-KubeAccessPlan team-a/reader -AuditLog $log
        $plan | Should -BeOfType KubeSa.AccessPlan
        $plan.WouldRefuse | Should -BeNullOrEmpty
        $plan.Creates | ForEach-Object ToString | Should -Be 'Create Role team-a/reader-used', 'Create RoleBinding team-a/reader-used'
        $plan.Removes | ForEach-Object ToString | Should -Be 'Delete RoleBinding team-a/pod-reader-reader'
        $role = $plan.Creates[0].Manifest | ConvertFrom-Json
        $role.rules.resources, $role.rules.verbs | Should -Be 'pods', 'list'
        $plan.Confidence, $plan.DaysNeeded | Should -Be 'Low', 14
    }

    It 'plans for accounts of the pipeline, from aggregates and from a snapshot' {
        $saved = Join-Path $TestDrive 'part.json'
        Get-KubeAccessUse $log -As Aggregate | Set-Content $saved
        $snapshot = (Export-KubeAccessSnapshot -Path (Join-Path $TestDrive 'snapshot.json')).FullName
        $plans = Get-KubeServiceAccount reader -Namespace team-a | New-KubeAccessPlan -AuditLog $saved -Snapshot $snapshot
        $plans.Account | Should -Be 'team-a/reader'
        $plans.Rules.Count | Should -Be 1
    }

    It 'says of each right that is held and was not used why that may be' {
        $unused = Get-KubeAccessUse $log -ServiceAccount team-a/reader -Unused
        $unused | Where-Object Right -EQ 'list pods in team-a' | Should -BeNullOrEmpty
        $unused.Count | Should -BeGreaterThan 3
        $unused.Why | Should -Not -Contain $null
        $unused[0].Binding, $unused[0].Role | Should -Be 'RoleBinding team-a/pod-reader-reader', 'Role pod-reader'
        $unused | Select-Object -First 2 | Out-String | Should -Match 'Right +Why'
    }

    It 'refuses what it cannot plan by' {
        { New-KubeAccessPlan -ServiceAccount team-a/reader -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        { New-KubeAccessPlan team-a/nope -AuditLog $log -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceAccountNotFound,*'
    }
}
