BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Disable-KubeSaTokenSecret' {
    BeforeEach {
        $name = "key-$([guid]::NewGuid().ToString('n').Substring(0, 8))"
        $secret = New-KubeSaTokenSecret builder $name -Namespace team-a
    }

    It 'lets the server refuse the token, which is good again when that is lifted' {
        $disabled = $secret | Disable-KubeSaTokenSecret
        $disabled | Should -BeOfType KubeSa.TokenSecret
        $disabled.IsDisabled | Should -BeTrue
        $disabled.InvalidSince.ToString('yyyy-MM-dd') | Should -Be ([DateTime]::UtcNow.ToString('yyyy-MM-dd'))
        $test = Test-KubeServiceAccountToken $secret.Token
        $test.Valid | Should -BeFalse
        $test.Cause | Should -Be TokenRejected
        "$($test.Checks.Remedy)" | Should -Match "Enable-KubeSaTokenSecret $name -Namespace team-a"
        $null = $secret | Enable-KubeSaTokenSecret
        (Test-KubeServiceAccountToken $secret.Token).Valid | Should -BeTrue
    }

    It 'takes the label by which servers know it' {
        $null = Disable-KubeSaTokenSecret "team-a/$name"
        (Get-KubeResource secrets $name -Namespace team-a).metadata.labels.'kubernetes.io/legacy-token-invalid-since' | Should -Be ([DateTime]::UtcNow.ToString('yyyy-MM-dd'))
    }

    It 'keeps the first day where it is in quarantine already' {
        $null = Set-KubeResource secrets $name -Namespace team-a -Patch @{ metadata = @{ labels = @{ 'kubernetes.io/legacy-token-invalid-since' = '2026-01-02' } } }
        (Disable-KubeSaTokenSecret $name -Namespace team-a).InvalidSince.ToString('yyyy-MM-dd') | Should -Be '2026-01-02'
    }

    It 'names who mounts it' {
        New-KubeResource @{
            apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = "holder-$name"; namespace = 'team-a' }
            spec = @{
                containers = @(@{ name = 'a'; image = 'example'; volumeMounts = @(@{ name = 'key'; mountPath = '/key' }) })
                volumes = @(@{ name = 'key'; secret = @{ secretName = $name } })
            }
        } > $null
        $null = $secret | Disable-KubeSaTokenSecret -WarningVariable said -WarningAction SilentlyContinue
        $said | Should -Match "mounted by Pod/holder-$name"
    }

    It 'says whether somebody has tried the token on a later day' {
        $null = Set-KubeResource secrets $name -Namespace team-a -Patch @{ metadata = @{ labels = @{ 'kubernetes.io/legacy-token-invalid-since' = '2026-01-02'; 'kubernetes.io/legacy-token-last-used' = '2025-12-31' } } }
        (Get-KubeSaTokenSecret $name -Namespace team-a).TriedSinceDisabled | Should -BeFalse
        (Test-KubeServiceAccountToken $secret.Token).Valid | Should -BeFalse
        (Get-KubeSaTokenSecret $name -Namespace team-a).TriedSinceDisabled | Should -BeTrue
        $null = Disable-KubeSaTokenSecret $name -Namespace team-a -WarningVariable said -WarningAction SilentlyContinue
        $said | Should -Match 'was tried on'
    }

    It 'changes nothing with -WhatIf, nor another Secret of that name, nor one of another type' {
        $secret | Disable-KubeSaTokenSecret -WhatIf | Should -BeNullOrEmpty
        (Get-KubeSaTokenSecret $name -Namespace team-a).IsDisabled | Should -BeFalse
        Remove-KubeSaTokenSecret $name -Namespace team-a -Confirm:$false
        $null = New-KubeSaTokenSecret builder $name -Namespace team-a
        { $secret | Disable-KubeSaTokenSecret -ErrorAction Stop } | Should -Throw -ErrorId 'Conflict,*'
        { Disable-KubeSaTokenSecret registry-login -Namespace team-a -ErrorAction Stop } | Should -Throw -ErrorId 'SecretNotTokenType,*'
        { Disable-KubeSaTokenSecret nope -Namespace team-a -ErrorAction Stop } | Should -Throw -ErrorId 'SecretNotFound,*'
    }
}

Describe 'Disable-KubeSaTokenSecret on a server that is too old' {
    BeforeAll { $null = Start-TestSandbox -Scenario legacy }

    It 'says since when servers know it and leaves the Secret alone' {
        $secret = Get-KubeSaTokenSecret -ServiceAccount viewer -Namespace team-b
        { $secret | Disable-KubeSaTokenSecret -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*' -ExpectedMessage '*v1.20*1.29*Remove-KubeSaTokenSecret*'
        (Get-KubeSaTokenSecret $secret.Name -Namespace team-b).IsDisabled | Should -BeFalse
    }
}
