BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $json = Get-RecordedJson 'kubernetes-1.36/10-05-secret-get'
    $data = ($json | ConvertFrom-Json).data
    $yaml = @"
apiVersion: v1
kind: Secret
type: kubernetes.io/service-account-token
metadata:
  name: from-yaml
  namespace: team-a
  annotations:
    kubernetes.io/service-account.name: legacy
data:
  token: $($data.token)
  ca.crt: $($data.'ca.crt')
  namespace: dGVhbS1h
"@
}

Describe 'ConvertFrom-SaTokenSecret' {
    It 'decodes a file read with -Raw' {
        Set-Content (Join-Path $TestDrive 'secret.yaml') $yaml
        $secret = Get-Content (Join-Path $TestDrive 'secret.yaml') -Raw | ConvertFrom-SaTokenSecret
        $secret | Should -BeOfType KubeSa.TokenSecret
        $secret.Name | Should -Be 'from-yaml'
        $secret.ServiceAccount | Should -Be 'legacy'
        $secret.TokenNamespace | Should -Be 'team-a'
        $secret.CaCertificates.Count | Should -Be 1
    }

    It 'decodes what kubectl prints line by line' {
        $secret = $json -split "`n" | ConvertFrom-SaTokenSecret
        $secret.Info.Kind | Should -Be 'Legacy'
        $secret.Info.UserName | Should -Be "system:serviceaccount:$($secret.Namespace):$($secret.ServiceAccount)"
    }

    It 'decodes objects of ConvertFrom-Json' {
        ($json | ConvertFrom-Json | ConvertFrom-SaTokenSecret).Info.SecretName | Should -Be ($json | ConvertFrom-Json).metadata.name
    }

    It 'decodes hashtables of ConvertFrom-Json -AsHashtable' {
        ($json | ConvertFrom-Json -AsHashtable | ConvertFrom-SaTokenSecret).Info.Kind | Should -Be 'Legacy'
    }

    It 'decodes a whole List, as kubectl get secrets -A -o json gives it' {
        $list = Get-RecordedJson 'kubernetes-1.20/10-01-secrets-by-type-all'
        $secrets = $list | ConvertFrom-Json | ConvertFrom-SaTokenSecret
        $secrets.Count | Should -Be ($list | ConvertFrom-Json).items.Count
        @($secrets | Group-Object { $_.Info.Issuer }).Count | Should -Be 1
        ($list -split "`n" | ConvertFrom-SaTokenSecret).Name | Should -Be $secrets.Name
    }

    It 'decodes several YAML documents' {
        $text = $yaml, ($yaml -replace 'from-yaml', 'second') -join "`n---`n"
        ($text | ConvertFrom-SaTokenSecret).Name | Should -Be 'from-yaml', 'second'
        ($text -split "`n" | ConvertFrom-SaTokenSecret).Name | Should -Be 'from-yaml', 'second'
    }

    It 'reads files by -Path with wildcards' {
        $folder = New-Item (Join-Path $TestDrive 'files') -ItemType Directory
        Set-Content (Join-Path $folder 'one.yaml') $yaml
        Set-Content (Join-Path $folder 'two.yaml') ($yaml -replace 'from-yaml', 'second')
        (ConvertFrom-SaTokenSecret -Path (Join-Path $folder '*.yaml')).Name | Should -Be 'from-yaml', 'second'
        (Get-ChildItem $folder | ConvertFrom-SaTokenSecret).Name | Should -Be 'from-yaml', 'second'
    }

    It 'gives one error record for a Secret of another type and goes on with the next' {
        $text = ($yaml -replace 'kubernetes.io/service-account-token', 'Opaque'), $yaml -join "`n---`n"
        $secrets = $text | ConvertFrom-SaTokenSecret -ErrorVariable failures -ErrorAction SilentlyContinue
        $secrets.Name | Should -Be 'from-yaml'
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'SecretNotTokenType,KubeSa.Cmdlets.*'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $failures[0].TargetObject | Should -Be 'team-a/from-yaml'
    }

    It 'ends the script with -ErrorAction Stop' {
        { 'kind: Secret', 'type: Opaque' | ConvertFrom-SaTokenSecret -ErrorAction Stop } |
            Should -Throw -ErrorId 'SecretNotTokenType,KubeSa.Cmdlets.ConvertFromSaTokenSecretCommand'
    }

    It 'keeps the token in a SecureString unless told otherwise' {
        ($json | ConvertFrom-SaTokenSecret).Token | Should -BeOfType securestring
        $plain = $json | ConvertFrom-SaTokenSecret -AsPlainText
        $plain.Token | Should -BeExactly (Get-RecordedToken)
        ($json | ConvertFrom-SaTokenSecret | ConvertFrom-SaTokenSecret -AsPlainText).Token | Should -BeExactly $plain.Token
    }

    It 'shows the token in no table, list, JSON or CSV' {
        $secret = $json | ConvertFrom-SaTokenSecret
        $token = Get-RecordedToken
        $shown = @(
            $secret | Get-View
            $secret | Format-List | Get-View
            $secret | Format-List * -Force | Get-View
            $secret | ConvertTo-Json -Depth 2 -WarningAction SilentlyContinue
            $secret | Export-Csv (Join-Path $TestDrive 'secret.csv')
            Get-Content (Join-Path $TestDrive 'secret.csv') -Raw
            "$secret"
        ) -join "`n"
        $shown | Should -BeLike "*$($secret.Name)*"
        $shown.Contains($token) | Should -BeFalse
        $shown.Contains($token.Split('.')[2]) | Should -BeFalse
    }

    It 'shows a table with a line for each Secret' {
        $view = Get-RecordedJson 'kubernetes-1.20/10-01-secrets-by-type-all' | ConvertFrom-SaTokenSecret | Sort-Object Namespace -Top 1 | Get-View
        $view | Should -Match '^\s*Namespace +Name +ServiceAccount +Token +KeyId +Age'
        $view | Should -Match 'default-token-\w+ +default +Legacy'
    }
}
