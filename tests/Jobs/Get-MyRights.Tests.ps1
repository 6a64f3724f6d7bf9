BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'The job: who I am and what I may do' {
    It 'sees which cluster this is, and as whom' {
        $connection = Get-KubeConnection
        $connection.Server | Should -Be $sandbox.Url
        $identity = Get-KubeIdentity
        $identity.UserName | Should -Be 'kubernetes-admin'
        $identity.Groups | Should -Contain 'system:masters'
    }

    It 'asks before it tries' {
        Test-KubeAccess delete nodes -Quiet 3> $null | Should -BeTrue
    }

    It 'is somebody else, with that one''s rights' {
        $null = Connect-KubeCluster reader -KubeConfig $sandbox.KubeConfig
        (Get-KubeIdentity).UserName | Should -Be 'system:serviceaccount:team-a:reader'
        (Test-KubeAccess list pods).Allowed | Should -BeTrue
        (Test-KubeAccess list secrets).Allowed | Should -BeFalse
        { Get-KubeSaTokenSecret -ErrorAction Stop } | Should -Throw -ErrorId 'Forbidden,*'
    }

    It 'sees all that one may do, without an administrator''s rights' {
        $rules = Get-KubeIdentity -Rules
        $rules.Account | Select-Object -Unique | Should -Be 'team-a/reader'
        $rules | Where-Object Resources -Contains pods | ForEach-Object { $_.Verbs } | Should -Be 'get', 'list', 'watch'
        $rules | Where-Object Resources -Contains secrets | Should -BeNullOrEmpty
    }

    It 'sees, as an administrator, every right that one has and where it comes from' {
        $null = Connect-KubeCluster admin -KubeConfig $sandbox.KubeConfig
        $rule = Get-KubeAccessRule reader -Namespace team-a | Where-Object Binding -EQ pod-reader-reader
        $rule.Role | Should -Be 'pod-reader'
        $rule.Verbs | Should -Be 'get', 'list', 'watch'
    }
}
