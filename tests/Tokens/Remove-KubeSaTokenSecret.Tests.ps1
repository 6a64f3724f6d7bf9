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

Describe 'Remove-KubeSaTokenSecret -DisabledFor' {
    BeforeAll {
        $null = Start-TestSandbox
        function Set-Mark([string] $InvalidSince, [string] $LastUsed) {
            $null = Set-KubeResource secrets key -Namespace team-a -Patch @{ metadata = @{ labels = @{
                'kubernetes.io/legacy-token-invalid-since' = $InvalidSince; 'kubernetes.io/legacy-token-last-used' = $LastUsed } } }
        }
    }
    BeforeEach {
        Get-KubeSaTokenSecret key* -Namespace team-a | Remove-KubeSaTokenSecret -Confirm:$false
        $null = New-KubeSaTokenSecret builder key -Namespace team-a
    }

    It 'removes what has been in quarantine for so long' {
        Set-Mark '2026-01-02' '2026-01-01'
        Remove-KubeSaTokenSecret key -Namespace team-a -DisabledFor 14d -Confirm:$false
        Get-KubeSaTokenSecret key* -Namespace team-a | Should -BeNullOrEmpty
    }

    It 'leaves alone what <Why>' -ForEach @(
        @{ Why = 'is in no quarantine'; Say = '*Disable-KubeSaTokenSecret*' }
        @{ Why = 'is in it since today'; Mark = @([DateTime]::UtcNow.ToString('yyyy-MM-dd'), '2026-01-01'); Say = '*not as long*' }
        @{ Why = 'was tried in that time'; Mark = @('2026-01-02', '2026-01-20'); Say = '*2026-01-20*' }
    ) {
        if ($Mark) { Set-Mark @Mark }
        { Remove-KubeSaTokenSecret key -Namespace team-a -DisabledFor 14d -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*' -ExpectedMessage $Say
        (Get-KubeSaTokenSecret key -Namespace team-a).Name | Should -Be 'key'
    }
}
