BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Remove-KubeResource' {
    It 'removes what is named and what is piped' {
        1..3 | ForEach-Object { $null = New-KubeResource @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = "map-$_" } } -Namespace team-a }
        Remove-KubeResource configmaps map-1 -Namespace team-a -Confirm:$false -ErrorAction Stop
        (Get-KubeResource configmaps map-* -Namespace team-a).Name | Should -Be 'map-2', 'map-3'
        Get-KubeResource configmaps map-* -Namespace team-a | Remove-KubeResource -Confirm:$false -ErrorAction Stop
        Get-KubeResource configmaps map-* -Namespace team-a | Should -BeNullOrEmpty
    }

    It 'removes nothing with -WhatIf, and says what is missing' {
        Remove-KubeResource pods build-7 -Namespace team-a -WhatIf
        (Get-KubeResource pods build-7 -Namespace team-a).Name | Should -Be 'build-7'
        { Remove-KubeResource pods nope -Namespace team-a -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
        { Remove-KubeResource pods -Namespace team-a -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        { Remove-KubeResource pods * -Namespace team-a -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName,*'
    }
}
