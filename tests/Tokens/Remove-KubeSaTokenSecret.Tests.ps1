BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox -Scenario legacy
}
AfterAll { Stop-TestSandbox }

Describe 'Remove-KubeSaTokenSecret' {
    It 'removes the Secrets of the pipeline and outputs nothing' {
        $null = New-KubeServiceAccount a
        $null = New-KubeSaTokenSecret a key
        Get-KubeSaTokenSecret key | Remove-KubeSaTokenSecret -Confirm:$false | Should -BeNullOrEmpty
        Get-KubeSaTokenSecret ke* | Should -BeNullOrEmpty
    }

    It 'asks by itself, for its impact is high' {
        (Get-Command Remove-KubeSaTokenSecret).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true).ConfirmImpact |
            Should -Be 'High'
    }

    It 'removes nothing with -WhatIf' {
        $count = @(Get-KubeSaTokenSecret -A).Count
        Get-KubeSaTokenSecret -A | Remove-KubeSaTokenSecret -WhatIf
        @(Get-KubeSaTokenSecret -A).Count | Should -Be $count
    }

    It 'gives an error record for a Secret that is missing' {
        { Remove-KubeSaTokenSecret nope -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'SecretNotFound,*'
    }
}
