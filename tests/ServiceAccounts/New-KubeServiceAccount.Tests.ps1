BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'New-KubeServiceAccount' {
    It 'makes several and hands them on' {
        $json = New-KubeServiceAccount a, b, c | Get-KubeServiceAccount | Select-Object Namespace, Name, Age | ConvertTo-Json
        ($json | ConvertFrom-Json).Name | Should -Be 'a', 'b', 'c'
        ($json | ConvertFrom-Json).Namespace | Select-Object -Unique | Should -Be 'default'
    }

    It 'gives one error record for one that exists and makes the others' {
        New-KubeServiceAccount exists | Out-Null
        $made = New-KubeServiceAccount before, exists, after -ErrorVariable failures -ErrorAction SilentlyContinue
        $made.Name | Should -Be 'before', 'after'
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'ServiceAccountAlreadyExists,KubeSa.Cmdlets.NewKubeServiceAccountCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        $failures[0].TargetObject | Should -Be 'default/exists'
    }

    It 'takes labels, annotations, pull secrets and automounting' {
        $account = New-KubeServiceAccount full -Namespace team-a -Label @{ app = 'web' } -Annotation @{ owner = 'team a' } `
            -ImagePullSecret registry-login -AutomountToken $false
        $account.Labels['app'] | Should -Be 'web'
        $account.Annotations['owner'] | Should -Be 'team a'
        $account.ImagePullSecrets | Should -Be 'registry-login'
        $account.AutomountToken | Should -BeFalse
        (Get-KubeServiceAccount full -Namespace team-a).Labels['app'] | Should -Be 'web'
    }

    It 'makes nothing with -WhatIf' {
        New-KubeServiceAccount unmade -WhatIf | Should -BeNullOrEmpty
        Get-KubeServiceAccount unmade* | Should -BeNullOrEmpty
    }

    It 'takes name and namespace by property name, as from a CSV' {
        $file = Join-Path $TestDrive 'accounts.csv'
        Set-Content $file 'Namespace,Name', 'team-a,from-csv', 'team-b,from-csv'
        (Import-Csv $file | New-KubeServiceAccount).ForEach{ "$_" } | Should -Be 'team-a/from-csv', 'team-b/from-csv'
    }

    It 'refuses a name that Kubernetes cannot have' {
        New-KubeServiceAccount 'Bad_Name', 'good-name' -ErrorVariable failures -ErrorAction SilentlyContinue |
            ForEach-Object Name | Should -Be 'good-name'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidName,*'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'names the namespace that is missing' {
        { New-KubeServiceAccount a -Namespace nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'NamespaceNotFound,*'
    }
}
