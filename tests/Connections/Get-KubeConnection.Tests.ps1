BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Get-KubeConnection' {
    It 'tells where the session is connected to and as whom' {
        $connection = Get-KubeConnection
        $connection.Server | Should -Be $sandbox.Url
        $connection.Context | Should -Be 'admin'
        $connection.Namespace | Should -Be 'default'
    }

    It 'can be handed to any cmdlet' {
        $connection = Get-KubeConnection
        Disconnect-KubeCluster
        (Get-KubeServiceAccount viewer -Namespace team-b -Connection $connection).Name | Should -Be 'viewer'
        Connect-KubeCluster -KubeConfig $sandbox.KubeConfig
    }

    It 'shows no credentials' {
        Connect-KubeCluster -KubeConfig $sandbox.KubeConfig -Context reader
        $shown = (Get-KubeConnection | Format-List * -Force | Get-View), (Get-KubeConnection | ConvertTo-Json -Depth 3) -join "`n"
        $shown | Should -BeLike "*$($sandbox.Url)*"
        $shown | Should -Not -BeLike '*eyJ*'
    }

    It 'is another one in each runspace' {
        1 | ForEach-Object -Parallel {
            Import-Module $using:PSScriptRoot/../../KubeSa.psd1
            Get-KubeConnection
        } | Should -BeNullOrEmpty
    }
}
