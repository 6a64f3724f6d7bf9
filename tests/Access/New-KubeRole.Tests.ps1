BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'New-KubeRole' {
    It 'creates a Role with a rule for each group, by any name of the resources' {
        $role = New-KubeRole mixed -Namespace team-b -Verb get, list -Resource po, pods/log, deploy, cronjobs.batch
        $role | Should -BeOfType KubeSa.Role
        "$role" | Should -Be 'team-b/mixed'
        $role.Rules | ForEach-Object ToString | Should -Be 'get,list pods, pods/log', 'get,list deployments.apps', 'get,list cronjobs.batch'
    }

    It 'creates a ClusterRole for objects by name, and for paths' {
        $role = New-KubeRole one-object -ClusterWide -Verb get -Resource secrets -ResourceName tls -NonResourceUrl /metrics
        $role.Kind | Should -Be 'ClusterRole'
        $role.Namespace | Should -BeNullOrEmpty
        $role.Rules.What | Should -Be 'secrets [tls]', '/metrics'
    }

    It 'creates none for a resource that the server does not have' {
        { New-KubeRole wrong -Verb get -Resource podz -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        { New-KubeRole wrong -Verb get -Resource pods/web-0 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        { New-KubeRole wrong -Verb get -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        Get-KubeRole wrong* | Should -BeNullOrEmpty
    }

    It 'warns of a verb that no server knows' {
        New-KubeRole odd -Verb exec -Resource pods -WarningVariable warnings -WarningAction SilentlyContinue | Out-Null
        $warnings | Should -Match "verb 'exec' is not a known verb"
    }

    It 'says that the role exists already' {
        New-KubeRole twice -Verb get -Resource pods | Out-Null
        { New-KubeRole twice -Verb get -Resource pods -ErrorAction Stop } | Should -Throw -ErrorId 'Conflict,*'
    }

    It 'creates nothing with -WhatIf' {
        New-KubeRole ghost -Verb get -Resource pods -WhatIf | Should -BeNullOrEmpty
        Get-KubeRole ghost* | Should -BeNullOrEmpty
    }
}
