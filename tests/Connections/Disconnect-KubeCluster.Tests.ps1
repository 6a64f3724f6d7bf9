BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Disconnect-KubeCluster' {
    It 'forgets the current connection' {
        Get-KubeConnection | Should -Not -BeNullOrEmpty
        Disconnect-KubeCluster
        Get-KubeConnection | Should -BeNullOrEmpty
    }

    It 'does nothing where there is none' {
        { Disconnect-KubeCluster -ErrorAction Stop } | Should -Not -Throw
    }
}
