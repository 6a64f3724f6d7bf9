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

    It 'grants one right and no more, with a role that is created once' {
        New-KubeServiceAccount narrow, narrower -Namespace team-b | Out-Null
        $first = Grant-KubeServiceAccountRole team-b/narrow -Verb list -Resource deploy
        $first.Role, $first.RoleKind | Should -Be 'list-deployments', 'Role'
        Test-KubeAccess list deployments.apps -ServiceAccount team-b/narrow -Quiet | Should -BeTrue
        Test-KubeAccess get deployments.apps -ServiceAccount team-b/narrow -Quiet | Should -BeFalse
        (Grant-KubeServiceAccountRole team-b/narrower -Verb list -Resource deployments.apps).Role | Should -Be 'list-deployments'
        (Grant-KubeServiceAccountRole team-b/narrow -Verb list -Resource deploy).ResourceVersion | Should -Be $first.ResourceVersion
        (Get-KubeRole list-deployments* -Namespace team-b).Count | Should -Be 1
    }

    It 'grants one right in the whole cluster, and on one object' {
        New-KubeServiceAccount wide -Namespace team-b | Out-Null
        (Grant-KubeServiceAccountRole team-b/wide -Verb get -Resource nodes -ClusterWide).RoleKind | Should -Be 'ClusterRole'
        Test-KubeAccess get nodes -ServiceAccount team-b/wide -Quiet -WarningAction SilentlyContinue | Should -BeTrue
        Grant-KubeServiceAccountRole team-b/wide -Verb get -Resource secrets -ResourceName tls | Out-Null
        Test-KubeAccess get secrets tls -ServiceAccount team-b/wide -Quiet | Should -BeTrue
        Test-KubeAccess get secrets other -ServiceAccount team-b/wide -Quiet | Should -BeFalse
    }

    It 'creates no role for what the server does not have, and none with -WhatIf' {
        { Grant-KubeServiceAccountRole default -Verb list -Resource podz -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        Grant-KubeServiceAccountRole default -Verb delete -Resource jobs -WhatIf | Should -BeNullOrEmpty
        Get-KubeRole delete-jobs* | Should -BeNullOrEmpty
    }
}
