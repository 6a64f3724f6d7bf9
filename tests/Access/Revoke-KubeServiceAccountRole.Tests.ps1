BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Revoke-KubeServiceAccountRole' {
    It 'takes the role away, and the binding with it where nobody is left' {
        Get-KubeServiceAccount deployer -Namespace team-a | Revoke-KubeServiceAccountRole -ClusterRole edit | ForEach-Object IsRemoved | Should -BeTrue
        Test-KubeAccess create deployments.apps -ServiceAccount team-a/deployer -Quiet | Should -BeFalse
    }

    It 'is silent the second time' {
        Revoke-KubeServiceAccountRole team-a/deployer -ClusterRole edit -ErrorVariable failures | Should -BeNullOrEmpty
        $failures | Should -BeNullOrEmpty
    }

    It 'warns of a role that does not exist' {
        Revoke-KubeServiceAccountRole default -ClusterRole nope -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -Match "no ClusterRole 'nope'"
    }

    It 'changes nothing with -WhatIf' {
        Revoke-KubeServiceAccountRole team-b/viewer -ClusterRole view -ClusterWide -WhatIf | Should -BeNullOrEmpty
        Test-KubeAccess list pods -ServiceAccount team-b/viewer -Quiet | Should -BeTrue
    }
}
