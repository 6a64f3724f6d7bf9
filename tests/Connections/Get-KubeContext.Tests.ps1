BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $file = Join-Path $TestDrive 'config'
    Set-Content $file @'
apiVersion: v1
kind: Config
current-context: home
clusters:
- { name: one, cluster: { server: 'https://one.example:6443' } }
contexts:
- { name: home, context: { cluster: one, user: me, namespace: team-a } }
- { name: away, context: { cluster: one, user: robot } }
users:
- { name: me, user: { client-certificate-data: aGVsbG8=, client-key-data: aGVsbG8= } }
- { name: robot, user: { token: secret-token } }
'@
}

Describe 'Get-KubeContext' {
    It 'lists the contexts of a kubeconfig without asking a server' {
        $contexts = Get-KubeContext -KubeConfig $file
        $contexts | Should -BeOfType KubeSa.Context
        ($contexts | Where-Object IsCurrent).Name | Should -Be 'home'
        ($contexts | Where-Object Name -EQ 'home').Server | Should -Be 'https://one.example:6443'
        ($contexts | Where-Object Name -EQ 'away').AuthKind | Should -Be 'Token'
    }

    It 'finds by wildcard, in silence where there is none' {
        (Get-KubeContext h* -KubeConfig $file).Name | Should -Be 'home'
        Get-KubeContext nope* -KubeConfig $file | Should -BeNullOrEmpty
    }

    It 'reads the files that Get-ChildItem finds' {
        $found = Get-ChildItem (Split-Path $file) -Filter config | Get-KubeContext
        $found.Name | Sort-Object | Should -Be 'away', 'home'
        (Get-Item $file | Get-KubeContext -Name home).Name | Should -Be 'home'
    }

    It 'names a context that is missing' {
        $found = 'nope', 'away' | Get-KubeContext -KubeConfig $file -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'away'
        $failures[0].FullyQualifiedErrorId | Should -Be 'ContextNotFound,KubeSa.Cmdlets.GetKubeContextCommand'
        $failures[0].TargetObject | Should -Be 'nope'
    }

    It 'reads the files that $env:KUBECONFIG lists' {
        $before = $env:KUBECONFIG
        $env:KUBECONFIG = $file
        try { (Get-KubeContext).Name | Sort-Object | Should -Be 'away', 'home' }
        finally { $env:KUBECONFIG = $before }
    }

    It 'marks the current one in the table, and shows no credentials' {
        $view = Get-KubeContext -KubeConfig $file | Get-View
        $view | Should -Match '(?m)^\* +home +https://one.example:6443 +team-a +me +ClientCertificate'
        $view | Should -Not -BeLike '*secret-token*'
    }
}
