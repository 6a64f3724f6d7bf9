BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    $current = Get-KubeConnection
}
AfterAll { Stop-TestSandbox }

Describe 'New-KubeConnection' {
    It 'returns a connection and leaves the current one alone' {
        $reader = New-KubeConnection reader -KubeConfig $sandbox.KubeConfig
        $reader | Should -BeOfType KubeSa.Connection
        (Get-KubeIdentity -Connection $reader).UserName | Should -Be 'system:serviceaccount:team-a:reader'
        Get-KubeConnection | Should -Be $current
        (Get-KubeIdentity).UserName | Should -Be 'kubernetes-admin'
    }

    It 'takes what Connect-KubeCluster takes' {
        $own = (Get-Command New-KubeConnection).Parameters
        $others = (Get-Command Connect-KubeCluster).Parameters
        $own.Keys | Should -Be ($others.Keys | Where-Object { $_ -ne 'PassThru' })
        $jane = New-KubeConnection -Server $sandbox.Url -TokenFile "$($sandbox.MountPath)/token" -CertificateAuthority $sandbox.CertificateAuthority -Namespace team-b
        $jane.Source, $jane.Namespace | Should -Be 'Explicit', 'team-b'
    }

    It 'names a context that is missing, and says nothing of the current connection' {
        $null = New-KubeConnection nope -KubeConfig $sandbox.KubeConfig -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'ContextNotFound,KubeSa.Cmdlets.NewKubeConnectionCommand'
        "$($failures[0])" | Should -Not -Match 'current connection'
    }
}
