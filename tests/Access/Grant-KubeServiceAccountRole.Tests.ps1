BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Grant-KubeServiceAccountRole' {
    It 'grants a ClusterRole in the account''s namespace' {
        $binding = New-KubeServiceAccount a -Namespace team-b | Grant-KubeServiceAccountRole -ClusterRole view
        "$binding" | Should -Be 'team-b/view-a'
        Test-KubeAccess list pods -ServiceAccount team-b/a -Quiet | Should -BeTrue
        Test-KubeAccess list pods -ServiceAccount team-b/a -Namespace team-a -Quiet | Should -BeFalse
    }

    It 'grants a Role of another namespace, and a ClusterRole in all' {
        Grant-KubeServiceAccountRole team-b/unused -Role pod-reader -Namespace team-a | Should -BeOfType KubeSa.RoleBinding
        Test-KubeAccess list pods -ServiceAccount team-b/unused -Namespace team-a -Quiet | Should -BeTrue
        (Grant-KubeServiceAccountRole team-b/unused -ClusterRole view -ClusterWide).Kind | Should -Be 'ClusterRoleBinding'
        Test-KubeAccess list pods -ServiceAccount team-b/unused -AllNamespaces -Quiet | Should -BeTrue
    }

    It 'changes nothing the second time' {
        $first = Grant-KubeServiceAccountRole default -ClusterRole view
        (Grant-KubeServiceAccountRole default -ClusterRole view).ResourceVersion | Should -Be $first.ResourceVersion
    }

    It 'says that a role does not exist' {
        { Grant-KubeServiceAccountRole default -ClusterRole nope -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
    }

    It 'changes nothing with -WhatIf' {
        Grant-KubeServiceAccountRole default -ClusterRole cluster-admin -ClusterWide -WhatIf | Should -BeNullOrEmpty
        Test-KubeAccess '*' '*' -ServiceAccount default/default -AllNamespaces -Quiet | Should -BeFalse
    }
}
