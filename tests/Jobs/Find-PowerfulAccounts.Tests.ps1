BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'The job: who has cluster-admin, and who reads Secrets' {
    It 'lists who may do everything, by which binding' {
        $grants = Find-KubeAccess '*' '*' | Where-Object Kind -EQ ServiceAccount
        $grants.Who | Should -Be 'tools/ci-robot'
        $grants.Role | Should -Be 'cluster-admin'
        $grants.Binding | Should -Be 'ci-robot-admin'
    }

    It 'lists who may read the Secrets of a namespace' {
        (Find-KubeAccess get secrets -Namespace team-a).Who | Sort-Object | Should -Be 'system:masters', 'team-a/deployer', 'tools/ci-robot'
    }

    It 'shows the binding whose account was deleted, so that anybody gets its rights who creates one of that name' {
        $dangling = Find-KubeAccess get secrets -Namespace tools | Where-Object Exists -EQ $false
        $dangling.Who | Should -Be 'tools/old-deployer'
        $dangling.Binding | Should -Be 'edit-old-deployer'
        (Get-KubeRoleBinding -Namespace tools | Where-Object { $_.Subjects.Exists -contains $false }).Name | Should -Be 'edit-old-deployer'
    }

    It 'takes the rights away, and proves that they are gone' {
        Revoke-KubeServiceAccountRole tools/ci-robot -ClusterRole cluster-admin -ClusterWide -Confirm:$false
        Test-KubeAccess get secrets -ServiceAccount tools/ci-robot -Quiet | Should -BeFalse
        Find-KubeAccess '*' '*' | Where-Object Kind -EQ ServiceAccount | Should -BeNullOrEmpty
    }
}
