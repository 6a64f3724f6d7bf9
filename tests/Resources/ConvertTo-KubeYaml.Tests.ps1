BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'ConvertTo-KubeYaml' {
    It 'writes an account without what the server fills' {
        $null = New-KubeServiceAccount plain -Namespace team-a -Label ([ordered]@{ app = 'shop'; flag = 'yes'; version = '1.0' }) -ImagePullSecret registry
        # In which order name and namespace come is the server's.
        (Get-KubeServiceAccount plain -Namespace team-a | ConvertTo-KubeYaml) -split "`n" | Sort-Object | Should -Be (@(
                'apiVersion: v1', 'kind: ServiceAccount', 'metadata:', '  name: plain', '  namespace: team-a', '  labels:',
                '    app: shop', '    flag: "yes"', '    version: "1.0"', 'imagePullSecrets:', '- name: registry') | Sort-Object)
    }

    It 'writes what New-KubeResource creates the same from: <Kind>' -ForEach @(
        @{ Kind = 'serviceaccounts'; Name = 'deployer'; Get = { Get-KubeServiceAccount deployer -Namespace team-a } }
        @{ Kind = 'roles'; Name = 'pod-reader'; Get = { Get-KubeRole pod-reader -Namespace team-a } }
        @{ Kind = 'rolebindings'; Name = 'edit-deployer'; Get = { Get-KubeRoleBinding edit-deployer -Namespace team-a } }
        @{ Kind = 'deployments'; Name = 'web'; Get = { Get-KubeResource deployments web -Namespace team-a } }
    ) {
        $text = & $Get | ConvertTo-KubeYaml
        $text | Should -Not -Match 'uid:|resourceVersion|creationTimestamp|managedFields|status:'
        $null = $text -replace 'namespace: team-a', 'namespace: team-b' | New-KubeResource
        (Get-KubeResource $Kind $Name -Namespace team-b | ConvertTo-KubeYaml) -replace 'namespace: team-b', 'namespace: team-a' | Should -Be $text
    }

    It 'leaves the data of a token Secret out, unless they are asked for' {
        $secret = New-KubeSaTokenSecret web yaml-token -Namespace team-a -AsPlainText
        $text = $secret | ConvertTo-KubeYaml
        $text | Should -Match 'kubernetes.io/service-account.name: web'
        $text | Should -Not -Match '(?m)^data:|service-account.uid'
        $whole = $secret | ConvertTo-KubeYaml -IncludeData
        ($whole | ConvertFrom-SaTokenSecret -AsPlainText).Token | Should -Be $secret.Token
    }

    It 'leaves out the token Secrets that an old server made by itself' {
        $old = Start-KubeSandbox -Scenario legacy
        $account = Get-KubeServiceAccount web -Namespace team-a -KubeConfig $old.KubeConfig
        $account.SecretCount | Should -BeGreaterThan 0
        $account | ConvertTo-KubeYaml | Should -Not -Match 'secrets:'
    }

    It 'writes several objects as several documents' {
        Get-KubeServiceAccount deployer, reader -Namespace team-a | ConvertTo-KubeYaml | Set-Content TestDrive:/two.yaml
        ((Get-Content TestDrive:/two.yaml) -match '^---$').Count | Should -Be 1
        $both = New-KubeResource -Path TestDrive:/two.yaml -WhatIf:$false -ErrorAction SilentlyContinue -ErrorVariable failures
        $both | Should -BeNullOrEmpty
        $failures.TargetObject | Should -Be 'team-a/deployer', 'team-a/reader'
    }

    It 'goes to the cluster that the object came from, and tells one that was created again' {
        $account = New-KubeServiceAccount again -Namespace team-a
        Remove-KubeServiceAccount again -Namespace team-a -Confirm:$false
        $null = New-KubeServiceAccount again -Namespace team-a
        { $account | ConvertTo-KubeYaml -ErrorAction Stop } | Should -Throw -ErrorId 'Conflict,*'
    }

    It 'reads an object again that went through JSON' {
        $text = Get-KubeServiceAccount deployer -Namespace team-a | ConvertTo-KubeYaml
        $file = Get-KubeServiceAccount deployer -Namespace team-a
        $file | Export-Clixml TestDrive:/account.xml
        Import-Clixml TestDrive:/account.xml | ConvertTo-KubeYaml | Should -Be $text
    }

    It 'refuses what is not an object' {
        { 'apiVersion: v1' | ConvertTo-KubeYaml -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }
}
