BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox -Scenario retired-key
}
AfterAll { Stop-TestSandbox }

Describe 'Test-KubeServiceAccountToken' {
    It 'accepts a fresh token and tells who it is' {
        $result = New-KubeServiceAccountToken reader -Namespace shop | Test-KubeServiceAccountToken
        $result.Valid | Should -BeTrue
        $result.UserName | Should -Be 'system:serviceaccount:shop:reader'
        $result.Cause | Should -Be 'None'
    }

    It 'names the retired key when the signature does not verify' {
        $result = Get-KubeSaTokenSecret -Namespace kube-system | Test-KubeServiceAccountToken
        $result.Valid | Should -BeFalse
        $result.Cause | Should -Be 'SignatureKeyUnknown'
        $result.Summary | Should -Be 'The key that signed this token is not one the server uses'
    }

    It 'names the account that is gone' {
        $token = New-KubeServiceAccount gone | New-KubeServiceAccountToken
        Remove-KubeServiceAccount gone -Confirm:$false
        ($token | Test-KubeServiceAccountToken).Cause | Should -Be 'ServiceAccountDeleted'
    }

    It 'tests for an audience' {
        $token = New-KubeServiceAccountToken default -Audience vault
        $token | Test-KubeServiceAccountToken -Quiet | Should -BeFalse
        $token | Test-KubeServiceAccountToken -Audience vault -Quiet | Should -BeTrue
    }

    It 'says of what is not a token that it is none' {
        (Test-KubeServiceAccountToken 'rubbish').Cause | Should -Be 'TokenMalformed'
    }

    It 'verifies offline by the keys that a server gives' {
        $keys = Join-Path $TestDrive 'jwks.json'
        Invoke-RestMethod "$($sandbox.Url)/openid/v1/jwks" -SkipCertificateCheck -Headers @{
            Authorization = "Bearer $(New-KubeServiceAccountToken default -AsPlainText)"
        } | ConvertTo-Json -Depth 5 | Set-Content $keys
        $token = New-KubeServiceAccountToken default
        Disconnect-KubeCluster
        try {
            $token.Token | Test-KubeServiceAccountToken -Offline -Jwks $keys -Quiet | Should -BeTrue
            (Test-KubeServiceAccountToken (Get-RecordedToken) -Offline -Jwks $keys).Cause | Should -Be 'SignatureKeyUnknown'
        }
        finally { Connect-KubeCluster -KubeConfig $sandbox.KubeConfig }
    }

    It 'shows the checks' {
        New-KubeServiceAccountToken default | Test-KubeServiceAccountToken | Get-View | Should -Match '(?m)^Valid +: True[\s\S]+Signature: Signed with RS256'
    }
}
