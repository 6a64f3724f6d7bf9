BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    kubectl --kubeconfig $sandbox.KubeConfig label namespace team-b tier=test
}
AfterAll { Stop-TestSandbox }

Describe 'Get-KubeNamespace' {
    It 'gets one namespace with what it holds' {
        $namespace = Get-KubeNamespace team-b
        $namespace | Should -BeOfType KubeSa.Namespace
        $namespace.Name, $namespace.Status, "$namespace" | Should -Be 'team-b', 'Active', 'team-b'
        $namespace.Labels['tier'] | Should -Be 'test'
        $namespace.Uid | Should -Not -BeNullOrEmpty
        $namespace.Age -is [timespan] | Should -BeTrue
        $namespace.Cluster | Should -Be 'admin'
    }

    It 'gets all, those that match, and those whose labels match' {
        (Get-KubeNamespace).Name | Should -Contain 'kube-system'
        (Get-KubeNamespace team-?).Name | Should -Be 'team-a', 'team-b'
        (Get-KubeNamespace -LabelSelector tier=test).Name | Should -Be 'team-b'
        (Get-KubeNamespace team-* -LabelSelector tier!=test).Name | Should -Be 'team-a'
    }

    It 'tells a literal miss from a wildcard one, and goes on with the others' {
        $found = Get-KubeNamespace nope, team-a, nope* -ErrorAction SilentlyContinue -ErrorVariable failures
        $found.Name | Should -Be 'team-a'
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'NamespaceNotFound,*'
        { Get-KubeNamespace team-a -LabelSelector tier=test -ErrorAction Stop } | Should -Throw -ErrorId 'NamespaceNotFound,*'
        { Get-KubeNamespace 'No_Name' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName,*'
    }

    It 'takes names, and what has a namespace, from the pipeline' {
        ('team-b', 'team-a' | Get-KubeNamespace).Name | Should -Be 'team-b', 'team-a'
        ('namespace/team-a' | Get-KubeNamespace).Name | Should -Be 'team-a'
        (Get-KubeServiceAccount default -Namespace team-b | Get-KubeNamespace).Name | Should -Be 'team-b'
        { Get-KubeNamespace team-a -Namespace team-b -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'hands its namespaces on to what looks in namespaces' {
        $accounts = Get-KubeNamespace team-* | Get-KubeServiceAccount
        $accounts.Namespace | Sort-Object -Unique | Should -Be 'team-a', 'team-b'
        (Get-KubeNamespace team-a | Get-KubeServiceAccount reader).Namespace | Should -Be 'team-a'
        (Get-KubeNamespace team-a | Get-KubeServiceAccountUsage).ServiceAccount | Should -Contain 'pod-watcher'
    }

    It 'shows a table' {
        Get-KubeNamespace team-a | Get-View | Should -Match '(?m)^Name +Status +Age\s+-+ +-+ +-+\s+team-a +Active +\S+'
    }
}
