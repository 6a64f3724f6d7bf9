BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox
    $secret = New-KubeSaTokenSecret builder key -Namespace team-a
}
AfterAll { Stop-TestSandbox }

Describe 'Enable-KubeSaTokenSecret' {
    It 'lifts the quarantine of the Secrets of the pipeline' {
        $null = $secret | Disable-KubeSaTokenSecret
        $enabled = Get-KubeSaTokenSecret -Namespace team-a | Where-Object IsDisabled | Enable-KubeSaTokenSecret
        $enabled.Name | Should -Be 'key'
        $enabled.IsDisabled | Should -BeFalse
        (Get-KubeResource secrets key -Namespace team-a).metadata.labels.PSObject.Properties.Name | Should -Not -Contain 'kubernetes.io/legacy-token-invalid-since'
    }

    It 'leaves one alone that is in none' {
        $version = (Get-KubeResource secrets key -Namespace team-a).metadata.resourceVersion
        (Enable-KubeSaTokenSecret key -Namespace team-a).IsDisabled | Should -BeFalse
        (Get-KubeResource secrets key -Namespace team-a).metadata.resourceVersion | Should -Be $version
    }

    It 'changes nothing with -WhatIf' {
        $null = $secret | Disable-KubeSaTokenSecret
        Enable-KubeSaTokenSecret key -Namespace team-a -WhatIf | Should -BeNullOrEmpty
        (Get-KubeSaTokenSecret key -Namespace team-a).IsDisabled | Should -BeTrue
    }
}
