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

    It 'sees, as an administrator, every right that one has and where it comes from' {
        $null = Connect-KubeCluster admin -KubeConfig $sandbox.KubeConfig
        $rule = Get-KubeAccessRule reader -Namespace team-a | Where-Object Binding -EQ pod-reader-reader
        $rule.Role | Should -Be 'pod-reader'
        $rule.Verbs | Should -Be 'get', 'list', 'watch'
    }
}
