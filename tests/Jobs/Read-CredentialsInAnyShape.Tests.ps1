BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox
    $json = Get-RecordedJson 'kubernetes-1.36/10-05-secret-get'
    $token = Get-RecordedToken
    $user = ($token | ConvertFrom-KubeServiceAccountToken).UserName
    Set-Content (Join-Path $TestDrive 'secret.json') $json
    Set-Content (Join-Path $TestDrive 'token') $token -NoNewline
}
AfterAll { Stop-TestSandbox }

# What Get-Clipboard gives is text, or lines of it: machines that run tests have none.
Describe 'The job: Secrets and tokens from files and the clipboard, in any shape' {
    It 'a Secret: <Name>' -ForEach @(
        @{ Name = 'as JSON, line by line'; Read = { Get-Content (Join-Path $TestDrive 'secret.json') } }
        @{ Name = 'as JSON, whole'; Read = { Get-Content (Join-Path $TestDrive 'secret.json') -Raw } }
        @{ Name = 'as an object'; Read = { $json | ConvertFrom-Json } }
        @{ Name = 'in a List'; Read = { "{""kind"":""List"",""apiVersion"":""v1"",""items"":[$json]}" } }
        @{ Name = 'as a file'; Read = { Get-Item (Join-Path $TestDrive 'secret.json') } }
    ) {
        $secret = & $Read | ConvertFrom-SaTokenSecret
        $secret.Info.UserName | Should -Be $user
        $secret.CaCertificates.Count | Should -Be 1
    }

    It 'a token: <Name>' -ForEach @(
        @{ Name = 'as it is'; Read = { $token } }
        @{ Name = 'with the scheme of a header'; Read = { "Bearer $token" } }
        @{ Name = 'in base64'; Read = { ($json | ConvertFrom-Json).data.token } }
        @{ Name = 'as a SecureString'; Read = { ConvertTo-SecureString $token -AsPlainText -Force } }
        @{ Name = 'as a file'; Read = { Get-Item (Join-Path $TestDrive 'token') } }
        @{ Name = 'in a kubeconfig'; Read = { Export-KubeServiceAccountKubeConfig reader -Namespace team-a }; Who = 'system:serviceaccount:team-a:reader' }
    ) {
        $info = & $Read | ConvertFrom-KubeServiceAccountToken
        $info.UserName | Should -Be ($Who ?? $user)
    }

    It 'shows none of it' {
        $shown = Get-Content (Join-Path $TestDrive 'secret.json') -Raw | ConvertFrom-SaTokenSecret | Format-List | Get-View
        $shown | Should -Not -Match ([regex]::Escape($token.Split('.')[2]))
    }
}
