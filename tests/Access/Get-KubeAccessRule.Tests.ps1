BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Get-KubeAccessRule' {
    It 'names the binding and the role that a rule comes from' {
        $rule = Get-KubeServiceAccount reader -Namespace team-a | Get-KubeAccessRule | Where-Object { $_.Subject.Kind -eq 'ServiceAccount' }
        $rule | Should -BeOfType KubeSa.AccessRule
        $rule.BindingKind, $rule.Binding, $rule.RoleKind, $rule.Role | Should -Be 'RoleBinding', 'pod-reader-reader', 'Role', 'pod-reader'
        $rule.Scope | Should -Be 'team-a'
        $rule.Verbs | Should -Be 'get', 'list', 'watch'
        $rule.What | Should -Be 'pods, pods/log, serviceaccounts, configmaps'
    }

    It 'shows what is granted at once, and no longer what is revoked' {
        $account = New-KubeServiceAccount fresh -Namespace team-b
        $account | Grant-KubeServiceAccountRole -ClusterRole view -ClusterWide | Out-Null
        ($account | Get-KubeAccessRule | Where-Object Role -EQ view).Scope | Where-Object { $_ } | Should -BeNullOrEmpty
        ($account | Get-KubeAccessRule | Where-Object Role -EQ view).Resources | Should -Contain 'pods'
        $account | Revoke-KubeServiceAccountRole -ClusterRole view -ClusterWide | Out-Null
        $account | Get-KubeAccessRule | Where-Object Role -EQ view | Should -BeNullOrEmpty
    }

    It 'goes on after an account that is missing' {
        $rules = 'team-a/reader', 'team-a/nope', 'team-b/viewer' | Get-KubeAccessRule -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be 'ServiceAccountNotFound,KubeSa.Cmdlets.GetKubeAccessRuleCommand'
        $failures[0].TargetObject | Should -Be 'team-a/nope'
        $rules.ServiceAccount | Select-Object -Unique | Should -Be 'reader', 'viewer'
    }

    It 'shows a table with role and binding' {
        Get-KubeAccessRule team-a/reader | Where-Object Scope | Get-View |
            Should -Match '(?m)^get,list,watch +pod-reader +pod-reader-reader +team-a +pods, pods/log, '
    }

    It 'takes wildcards for names and namespaces, and all namespaces' {
        (Get-KubeAccessRule read* -Namespace team-a).ServiceAccount | Sort-Object -Unique | Should -Be 'reader'
        (Get-KubeAccessRule team-a/read*).ServiceAccount | Sort-Object -Unique | Should -Be 'reader'
        (Get-KubeAccessRule view* -n team-*).Namespace | Sort-Object -Unique | Should -Be 'team-b'
        (Get-KubeAccessRule reader -AllNamespaces).Account | Sort-Object -Unique | Should -Be 'team-a/reader'
        (Get-KubeNamespace team-b | Get-KubeAccessRule).Namespace | Sort-Object -Unique | Should -Be 'team-b'
        Get-KubeAccessRule nope* -Namespace team-a | Should -BeNullOrEmpty
        { Get-KubeAccessRule nope -AllNamespaces -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceAccountNotFound,*'
        { Get-KubeAccessRule nope* -Namespace nope -ErrorAction Stop } | Should -Throw -ErrorId 'NamespaceNotFound,*'
    }
}
