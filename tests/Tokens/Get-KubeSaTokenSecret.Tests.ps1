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

Describe 'Get-KubeSaTokenSecret -IncludeUse' {
    It 'tells what the server made itself' {
        $secret = Get-KubeSaTokenSecret -ServiceAccount viewer -Namespace team-b -IncludeUse
        $secret.MadeBy | Should -Be Server
        $secret.IsOrphaned | Should -BeFalse
        # This version notes no use and has no cleaner.
        $secret.WillBeInvalid | Should -BeNullOrEmpty
    }

    It 'tells what somebody made, who mounts it and whose account is gone' {
        $null = Start-TestSandbox
        $null = New-KubeSaTokenSecret builder key -Namespace team-a
        New-KubeResource @{
            apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = 'holder'; namespace = 'team-a' }
            spec = @{
                containers = @(@{ name = 'a'; image = 'example'; volumeMounts = @(@{ name = 'key'; mountPath = '/key' }) })
                volumes = @(@{ name = 'key'; secret = @{ secretName = 'key' } })
            }
        } > $null
        $secret = Get-KubeSaTokenSecret key -Namespace team-a -IncludeUse
        $secret.MadeBy | Should -Be User
        $secret.MountedBy | Should -Be 'Pod/holder'
        ($secret | Format-List | Get-View) | Should -Match '(?m)^MountedBy +: Pod/holder'
        (Get-KubeSaTokenSecret key -Namespace team-a).MadeBy | Should -BeNullOrEmpty
    }
}
