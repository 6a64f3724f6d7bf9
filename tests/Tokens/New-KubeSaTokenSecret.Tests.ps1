BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'New-KubeSaTokenSecret' {
    It 'makes a Secret and waits until it is filled' {
        $secret = New-KubeSaTokenSecret -ServiceAccount viewer -Name viewer-key -Namespace team-b
        $secret | Should -BeOfType KubeSa.TokenSecret
        $secret.Token | Should -BeOfType securestring
        $secret.Info.UserName | Should -Be 'system:serviceaccount:team-b:viewer'
        (Get-KubeSaTokenSecret viewer-key -Namespace team-b).Info.KeyId | Should -Be $secret.Info.KeyId
    }

    It 'makes one for each account of the pipeline, named after it' {
        (New-KubeServiceAccount a, b | New-KubeSaTokenSecret).Name | Should -Be 'a-token', 'b-token'
    }

    It 'says at once that the account is missing, and makes nothing' {
        { New-KubeSaTokenSecret nope key -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceAccountNotFound,*'
        Get-KubeSaTokenSecret ke* | Should -BeNullOrEmpty
    }

    It 'says that the Secret exists already' {
        $null = New-KubeSaTokenSecret default twice
        { New-KubeSaTokenSecret default twice -ErrorAction Stop } | Should -Throw -ErrorId 'SecretAlreadyExists,*'
    }

    It 'makes nothing with -WhatIf' {
        New-KubeSaTokenSecret default imagined -WhatIf | Should -BeNullOrEmpty
        Get-KubeSaTokenSecret imagine* | Should -BeNullOrEmpty
    }
}
