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

Describe 'New-KubeServiceAccount from a manifest' {
    BeforeAll {
        $robot = @'
# An account for the builds.
apiVersion: v1
kind: ServiceAccount
metadata:
  name: NAME
  namespace: team-a
  labels: { app: build }
  annotations:
    note: |
      web
      reader
  uid: not-to-be-sent
  resourceVersion: "1"
automountServiceAccountToken: false
imagePullSecrets:
- name: registry
'@
    }

    It 'creates it from <How>' -ForEach @(
        @{ How = 'a text'; Name = 'text'; Run = { $args[0] | New-KubeServiceAccount } }
        @{ How = 'lines'; Name = 'lines'; Run = { $args[0] -split "`n" | New-KubeServiceAccount } }
        @{ How = 'a file'; Name = 'file'; Run = { $args[0] | Set-Content TestDrive:/a.yaml; New-KubeServiceAccount -Path TestDrive:/*.yaml } }
        @{ How = 'a file by its name'; Name = 'literal'; Run = { $args[0] | Set-Content -LiteralPath 'TestDrive:/[a].yml'; New-KubeServiceAccount -LiteralPath 'TestDrive:/[a].yml' } }
        @{ How = 'a file of the pipeline'; Name = 'piped'; Run = { $args[0] | Set-Content TestDrive:/b.txt; Get-Item TestDrive:/b.txt | New-KubeServiceAccount } }
    ) {
        $made = & $Run $robot.Replace('NAME', "from-$Name")
        $made | Should -BeOfType KubeSa.ServiceAccount
        "$made", $made.Labels.app, $made.AutomountToken, $made.ImagePullSecrets[0] | Should -Be "team-a/from-$Name", 'build', $false, 'registry'
        $made.Annotations.note | Should -Be "web`nreader`n"
        Get-KubeServiceAccount reader -Namespace default -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'creates each of a List and of several documents, and the others where one is wrong' {
        $made = @'
apiVersion: v1
kind: List
items:
- { apiVersion: v1, kind: ServiceAccount, metadata: { name: listed-1 } }
- { apiVersion: v1, kind: ConfigMap, metadata: { name: settings } }
- { apiVersion: v1, kind: ServiceAccount, metadata: { name: web } }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: listed-2 }
'@ | New-KubeServiceAccount -Namespace team-a -ErrorVariable failures -ErrorAction SilentlyContinue
        $made.Name | Should -Be 'listed-1', 'listed-2'
        $failures.FullyQualifiedErrorId | ForEach-Object { $_ -replace ',.*' } | Should -Be 'InvalidRequest', 'ServiceAccountAlreadyExists'
        "$($failures[0])" | Should -Match 'ConfigMap.*New-KubeResource'
        $failures[1].TargetObject | Should -Be 'team-a/web'
    }

    It 'creates a copy of what Get-KubeResource gives' {
        $made = Get-KubeResource serviceaccounts web -Namespace team-a | ForEach-Object { $_.metadata.name = 'web-copy'; $_ } | New-KubeServiceAccount
        "$made", $made.AutomountToken | Should -Be 'team-a/web-copy', (Get-KubeServiceAccount web -Namespace team-a).AutomountToken
    }

    It 'refuses what contradicts the manifest, and what it cannot read' {
        { $robot | New-KubeServiceAccount -Namespace team-b -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        { $robot | New-KubeServiceAccount -Label @{ a = 'b' } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        { "kind: ServiceAccount`n  metadata: [" | New-KubeServiceAccount -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        { New-KubeServiceAccount -Path TestDrive:/none.yaml -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
    }

    It 'creates nothing with -WhatIf' {
        $robot.Replace('NAME', 'what-if') | New-KubeServiceAccount -WhatIf
        Get-KubeServiceAccount what-i* -Namespace team-a | Should -BeNullOrEmpty
    }

    It 'still takes names, and objects with a Name, from the pipeline' {
        'named-1', 'serviceaccount/named-2' | New-KubeServiceAccount -Namespace team-b -Label @{ a = 'b' } | ForEach-Object Name | Should -Be 'named-1', 'named-2'
        "$([pscustomobject]@{ Name = 'named-3'; Namespace = 'team-b' } | New-KubeServiceAccount)" | Should -Be 'team-b/named-3'
        { '' | New-KubeServiceAccount -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName,*'
    }
}
