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

    It 'takes what Get-KubeAccessRule shows, out of the binding that each rule comes from, once' {
        $null = Grant-KubeServiceAccountRole team-b/ruled -ClusterRole edit -WarningAction SilentlyContinue
        $null = Grant-KubeServiceAccountRole team-b/ruled -ClusterRole view -ClusterWide -WarningAction SilentlyContinue
        $rules = Get-KubeAccessRule team-b/ruled -WarningAction SilentlyContinue | Where-Object { $_.Subject.Kind -eq 'ServiceAccount' }
        @($rules).Count | Should -BeGreaterThan 2
        $rules | Revoke-KubeServiceAccountRole -WhatIf | Should -BeNullOrEmpty
        $taken = $rules | Revoke-KubeServiceAccountRole -ErrorVariable failures
        $failures | Should -BeNullOrEmpty
        $taken.Kind | Sort-Object | Should -Be 'ClusterRoleBinding', 'RoleBinding'
        $taken.IsRemoved | Should -Be $true, $true
    }

    It 'takes what Find-KubeAccess finds, and leaves the other subjects of the binding' {
        $null = Grant-KubeServiceAccountRole team-b/first, team-b/second -ClusterRole view -Namespace team-b -BindingName shared -WarningAction SilentlyContinue
        $left = Find-KubeAccess list pods -Namespace team-b | Where-Object ServiceAccount -EQ first | Revoke-KubeServiceAccountRole
        $left.Name, $left.IsRemoved, "$($left.Subjects)" | Should -Be 'shared', $false, 'ServiceAccount team-b/second (not found)'.Replace(' (not found)', '')
    }

    It 'goes round by CSV: what was taken is given back by the rows' {
        $null = Grant-KubeServiceAccountRole team-b/saved -ClusterRole view -WarningAction SilentlyContinue
        $file = Join-Path $TestDrive rules.csv
        Get-KubeAccessRule team-b/saved -WarningAction SilentlyContinue | Where-Object { $_.Subject.Kind -eq 'ServiceAccount' } | Export-Csv $file
        (Import-Csv $file | Revoke-KubeServiceAccountRole).IsRemoved | Should -BeTrue
        Test-KubeAccess list pods -ServiceAccount team-b/saved -Quiet | Should -BeFalse
        Import-Csv $file | Grant-KubeServiceAccountRole -WarningAction SilentlyContinue | Select-Object -First 1 -ExpandProperty Role | Should -Be 'view'
        Test-KubeAccess list pods -ServiceAccount team-b/saved -Quiet | Should -BeTrue
    }

    It 'refuses what a group holds, a binding that is gone, and one that gives another role by now' {
        $held = @{ ServiceAccount = 'team-b/default'; RoleKind = 'ClusterRole'; Role = 'system:discovery'; BindingKind = 'ClusterRoleBinding' }
        { Revoke-KubeServiceAccountRole @held -Binding system:discovery -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        { Revoke-KubeServiceAccountRole @held -Binding nope -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
        $held.Role = 'view'
        { Revoke-KubeServiceAccountRole @held -Binding system:discovery -ErrorAction Stop } | Should -Throw -ErrorId 'Conflict,*'
    }
}
