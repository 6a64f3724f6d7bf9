BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Get-KubeRole' {
    It 'gets the Roles of a namespace with their rules' {
        $role = Get-KubeRole pod-reader -Namespace team-a
        $role | Should -BeOfType KubeSa.Role
        $role.Kind, $role.Namespace, $role.Name | Should -Be 'Role', 'team-a', 'pod-reader'
        $role.Rules[0].Verbs | Should -Be 'get', 'list', 'watch'
    }

    It 'gets ClusterRoles, and says what is gathered in them' {
        (Get-KubeRole view -ClusterWide).AggregatedFrom | Should -Be 'rbac.authorization.k8s.io/aggregate-to-view=true'
        (Get-KubeRole cluster-admin -ClusterWide).AggregatedFrom | Should -BeNullOrEmpty
        (Get-KubeRole system:* -ClusterWide).Name | Should -Contain 'system:discovery'
    }

    It 'gets those of all namespaces, and of namespaces by wildcard' {
        (Get-KubeRole pod-reader -AllNamespaces).Namespace | Should -Contain 'team-a'
        (Get-KubeRole * -Namespace team-*).Name | Should -Contain 'pod-reader'
    }

    It 'tells a literal miss from a wildcard one, and names a namespace that is missing' {
        { Get-KubeRole nope -Namespace team-a -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
        Get-KubeRole nope* -Namespace team-a | Should -BeNullOrEmpty
        { Get-KubeRole -Namespace missing -ErrorAction Stop } | Should -Throw -ErrorId 'NamespaceNotFound,*'
        { Get-KubeRole nope -ClusterWide -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
    }

    It 'shows a table' {
        Get-KubeRole pod-reader -Namespace team-a | Get-View | Should -Match '(?m)^Role +team-a +pod-reader +\S+ +get,list,watch pods'
    }
}
