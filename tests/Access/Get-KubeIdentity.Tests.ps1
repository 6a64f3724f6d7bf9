BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Get-KubeIdentity' {
    It 'tells the administrator whom the server takes them for' {
        $identity = Get-KubeIdentity
        $identity | Should -BeOfType KubeSa.Identity
        $identity.UserName | Should -Be 'kubernetes-admin'
        $identity.Groups | Should -Contain 'system:masters'
        $identity.Source | Should -Be 'SelfSubjectReview'
    }

    It 'tells a service account its namespace and name' {
        $identity = Get-KubeIdentity -KubeConfig $sandbox.KubeConfig -Context reader
        $identity.UserName | Should -Be 'system:serviceaccount:team-a:reader'
        ($identity | Get-KubeServiceAccount).Name | Should -Be 'reader'
    }

    It 'asks as somebody else with -As and -AsGroup' {
        $identity = Get-KubeIdentity -As jane -AsGroup developers
        $identity.UserName | Should -Be 'jane'
        $identity.Groups | Should -Contain 'developers'
    }

    It 'takes no group without a user' {
        { Get-KubeIdentity -AsGroup developers -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'is refused where one may not impersonate' {
        $null = Get-KubeIdentity -As jane -KubeConfig $sandbox.KubeConfig -Context reader -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'Forbidden,KubeSa.Cmdlets.GetKubeIdentityCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
    }

    It 'reads the token itself where the server is too old to say' {
        $old = Start-TestSandbox -Scenario legacy
        $identity = Get-KubeIdentity -KubeConfig $old.KubeConfig -Context reader
        $identity.UserName | Should -Be 'system:serviceaccount:team-a:reader'
        $identity.Source | Should -Be 'Token'
    }

    It 'shows a list' {
        Get-KubeIdentity -KubeConfig $sandbox.KubeConfig | Get-View | Should -Match '(?m)^UserName +: kubernetes-admin'
    }
}
