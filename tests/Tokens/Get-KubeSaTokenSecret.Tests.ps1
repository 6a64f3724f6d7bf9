BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox -Scenario legacy
}
AfterAll { Stop-TestSandbox }

Describe 'Get-KubeSaTokenSecret' {
    It 'lists and decodes the token Secrets of a namespace' {
        $secrets = Get-KubeSaTokenSecret -Namespace team-b
        $secrets.ServiceAccount | Sort-Object | Should -Be 'default', 'unused', 'viewer'
        $secrets | ForEach-Object { $_.Info.UserName | Should -Be "system:serviceaccount:team-b:$($_.ServiceAccount)" }
        $secrets[0].CaCertificates.Count | Should -Be 1
    }

    It 'has one for each account of each namespace with -AllNamespaces' {
        @(Get-KubeSaTokenSecret -AllNamespaces).Count | Should -Be @(Get-KubeServiceAccount -AllNamespaces).Count
    }

    It 'takes accounts from the pipeline' {
        (Get-KubeServiceAccount viewer, unused -Namespace team-b | Get-KubeSaTokenSecret).ServiceAccount | Should -Be 'viewer', 'unused'
    }

    It 'finds by name, with wildcards in silence' {
        $name = (Get-KubeSaTokenSecret -ServiceAccount viewer -Namespace team-b).Name
        (Get-KubeSaTokenSecret $name -Namespace team-b).ServiceAccount | Should -Be 'viewer'
        (Get-KubeSaTokenSecret viewer-token-* -Namespace team-b).Name | Should -Be $name
        Get-KubeSaTokenSecret nope* -Namespace team-b | Should -BeNullOrEmpty
    }

    It 'gives an error record for a name that is missing' {
        $null = Get-KubeSaTokenSecret nope -Namespace team-b -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'SecretNotFound,KubeSa.Cmdlets.GetKubeSaTokenSecretCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -Be 'team-b/nope'
    }

    It 'hands its Secrets on to both decoders' {
        $secret = Get-KubeSaTokenSecret -ServiceAccount viewer -Namespace team-b
        ($secret | ConvertFrom-SaTokenSecret).Info.KeyId | Should -Be ($secret | ConvertFrom-KubeServiceAccountToken).KeyId
    }

    It 'gives the token as text only when asked' {
        (Get-KubeSaTokenSecret -ServiceAccount viewer -Namespace team-b).Token | Should -BeOfType securestring
        (Get-KubeSaTokenSecret -ServiceAccount viewer -Namespace team-b -AsPlainText).Token | Should -BeLike 'eyJ*.*.*'
    }

    It 'shows kind and key in a table' {
        Get-KubeSaTokenSecret -ServiceAccount viewer -Namespace team-b | Get-View |
            Should -Match '(?m)^team-b +viewer-token-\w+ +viewer +Legacy +\S+ +\d+d\s*$'
    }
}
