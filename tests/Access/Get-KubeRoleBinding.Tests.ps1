BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Get-KubeRoleBinding' {
    It 'gets the bindings of a namespace and who holds the role' {
        $binding = Get-KubeRoleBinding edit-deployer -Namespace team-a
        $binding | Should -BeOfType KubeSa.RoleBinding
        $binding.RoleKind, $binding.Role | Should -Be 'ClusterRole', 'edit'
        "$($binding.Subjects)" | Should -Be 'ServiceAccount team-a/deployer'
        $binding.Subjects[0].Exists | Should -BeTrue
    }

    It 'gets those of the cluster and of all namespaces' {
        (Get-KubeRoleBinding -ClusterWide).Kind | Select-Object -Unique | Should -Be 'ClusterRoleBinding'
        (Get-KubeRoleBinding -AllNamespaces).Name | Should -Contain 'edit-deployer'
    }

    It 'marks an account that does not exist' {
        Grant-KubeServiceAccountRole team-b/ghost -ClusterRole view -WarningAction SilentlyContinue | Out-Null
        $binding = Get-KubeRoleBinding view-ghost -Namespace team-b
        $binding.Subjects[0].Exists | Should -BeFalse
        $binding | Get-View | Should -Match 'team-b/ghost \(not found\)'
    }

    It 'says that a binding is missing' {
        { Get-KubeRoleBinding nope -Namespace team-a -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
    }
}
