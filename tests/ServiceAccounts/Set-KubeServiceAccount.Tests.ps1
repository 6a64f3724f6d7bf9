BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Set-KubeServiceAccount' {
    It 'sets and removes labels and annotations, and leaves the others' {
        $null = New-KubeServiceAccount web -Label @{ app = 'web'; tier = 'front' } -Annotation @{ owner = 'me' }
        $account = Set-KubeServiceAccount web -Label @{ tier = $null; gold = $true } -Annotation @{ note = 'n' } -PassThru
        $account.Labels.Keys | Sort-Object | Should -Be 'app', 'gold'
        $account.Labels['gold'] | Should -Be 'true'
        $account.Annotations.Keys | Sort-Object | Should -Be 'note', 'owner'
    }

    It 'replaces the image pull secrets and says whether tokens are mounted' {
        $null = New-KubeServiceAccount puller -ImagePullSecret one, two
        $account = Set-KubeServiceAccount puller -ImagePullSecret three -AutomountToken $false -PassThru
        $account.ImagePullSecrets | Should -Be 'three'
        $account.AutomountToken | Should -BeFalse
        $account = $account | Set-KubeServiceAccount -ImagePullSecret @() -AutomountToken $null -PassThru
        $account.ImagePullSecrets | Should -BeNullOrEmpty
        $account.AutomountToken | Should -BeNullOrEmpty
    }

    It 'outputs nothing without -PassThru and takes many from the pipeline' {
        New-KubeServiceAccount m1, m2 | Set-KubeServiceAccount -Label @{ team = 'm' } | Should -BeNullOrEmpty
        (Get-KubeServiceAccount -LabelSelector team=m).Name | Should -Be 'm1', 'm2'
    }

    It 'asks the server for nothing where nothing is asked of it' {
        $said = Set-KubeServiceAccount no-such-account -Verbose 4>&1
        $said -match 'Nothing was asked to change' | Should -HaveCount 1
        $said -match '^(GET|PATCH) ' | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        $before = New-KubeServiceAccount same
        Set-KubeServiceAccount same -Label @{ x = 'y' } -WhatIf
        (Get-KubeServiceAccount same).ResourceVersion | Should -Be $before.ResourceVersion
    }

    It 'gives an error record for an account that is missing' {
        { Set-KubeServiceAccount nope -AutomountToken $true -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceAccountNotFound,*'
    }
}
