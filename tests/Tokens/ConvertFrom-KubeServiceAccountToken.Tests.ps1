BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $token = Get-RecordedToken
}

Describe 'ConvertFrom-KubeServiceAccountToken' {
    It 'reads a token that is piped as text' {
        $info = $token | ConvertFrom-KubeServiceAccountToken
        $info | Should -BeOfType KubeSa.TokenInfo
        $info.Kind | Should -Be 'Legacy'
        $info.UserName | Should -Be "system:serviceaccount:$($info.Namespace):$($info.ServiceAccount)"
        $info.Groups | Should -Contain 'system:authenticated'
        $info.Algorithm | Should -Be 'RS256'
        $info.ExpiresAt | Should -BeNullOrEmpty
        $info.IsExpired | Should -BeFalse
    }

    It 'reads a SecureString and a token Secret alike' {
        $expected = ($token | ConvertFrom-KubeServiceAccountToken).KeyId
        ($token | ConvertTo-SecureString -AsPlainText -Force | ConvertFrom-KubeServiceAccountToken).KeyId | Should -Be $expected
        $secret = Get-RecordedJson 'kubernetes-1.36/10-05-secret-get' | ConvertFrom-SaTokenSecret
        ($secret | ConvertFrom-KubeServiceAccountToken).KeyId | Should -Be $expected
    }

    It 'reads files as Get-Content does: a pattern by -Path, a name by -LiteralPath, and what Get-ChildItem lists' {
        $folder = New-Item (Join-Path $TestDrive 'files') -ItemType Directory
        foreach ($name in 'token[1]', 'token1') { Set-Content -LiteralPath (Join-Path $folder $name) $token }
        @(ConvertFrom-KubeServiceAccountToken -Path "$folder/token[1]").Count | Should -Be 1
        @(ConvertFrom-KubeServiceAccountToken -LiteralPath "$folder/token[1]").Count | Should -Be 1
        @(Get-ChildItem $folder | ConvertFrom-KubeServiceAccountToken).Count | Should -Be 2
        @(Get-ChildItem $folder -Name | ForEach-Object { Get-Item -LiteralPath "$folder/$_" } | ConvertFrom-KubeServiceAccountToken).Count | Should -Be 2
        { ConvertFrom-KubeServiceAccountToken -Path "$folder/none*" -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound*'
    }

    It 'reads the file of a mount, with its line end' {
        Set-Content (Join-Path $TestDrive 'token') $token
        (ConvertFrom-KubeServiceAccountToken -Path (Join-Path $TestDrive 'token')).ServiceAccount | Should -Not -BeNullOrEmpty
    }

    It 'shows the fields of a list, and of a table by Select-Object' {
        $info = $token | ConvertFrom-KubeServiceAccountToken
        $info | Get-View | Should -Match '(?m)^ExpiresAt +: never'
        $info | Select-Object Kind, ServiceAccount | Get-View | Should -Match 'Legacy'
        ($info | ConvertTo-Json | ConvertFrom-Json).SecretName | Should -Be $info.SecretName
    }

    It 'gives one error record for each thing that is not a token, without repeating it' {
        $good = 'nonsense', $token, 'a.b.c' | ConvertFrom-KubeServiceAccountToken -ErrorVariable failures -ErrorAction SilentlyContinue
        $good.Count | Should -Be 1
        $failures.Count | Should -Be 2
        $failures | ForEach-Object {
            $_.FullyQualifiedErrorId | Should -Be 'InvalidToken,KubeSa.Cmdlets.ConvertFromKubeServiceAccountTokenCommand'
            $_.CategoryInfo.Category | Should -Be 'InvalidData'
        }
        "$failures" | Should -Not -BeLike '*nonsense*'
    }

    It 'names a file that is missing' {
        { ConvertFrom-KubeServiceAccountToken -Path (Join-Path $TestDrive 'nothing') -ErrorAction Stop } |
            Should -Throw -ErrorId 'FileNotFound,*'
    }
}
