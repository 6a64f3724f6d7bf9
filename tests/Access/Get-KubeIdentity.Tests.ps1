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

    It 'lists with -Rules what one may do, for which nobody needs a right' {
        $rules = Get-KubeIdentity -Rules -KubeConfig $sandbox.KubeConfig -Context reader -Namespace team-a
        $rules | Should -BeOfType KubeSa.AccessRule
        $own = $rules | Where-Object Resources -Contains pods
        $own.Verbs | Should -Be get, list, watch
        $own.Account, $own.Scope, $own.Role, $own.IsIncomplete | Should -Be 'team-a/reader', 'team-a', $null, $false
        ($rules | Where-Object NonResourceUrls -Contains /version)[0].Scope | Should -Be $null
        Get-KubeIdentity -Rules -KubeConfig $sandbox.KubeConfig -Context reader -Namespace team-b | Where-Object Resources -Contains pods | Should -BeNullOrEmpty
    }

    It 'lists the rules of somebody else with -As, and names the user' {
        (Get-KubeIdentity -Rules -As jane).UserName | Select-Object -Unique | Should -Be jane
    }

    It 'lists what Test-KubeAccess says one may do' {
        foreach ($rule in Get-KubeIdentity -Rules -KubeConfig $sandbox.KubeConfig -Context reader -Namespace team-a | Where-Object Resources) {
            $what = @($rule.What -split ', ')[0]
            Test-KubeAccess $rule.Verbs[0] $what -KubeConfig $sandbox.KubeConfig -Context reader -Namespace team-a -Quiet | Should -BeTrue -Because $rule
        }
    }

    It 'says that the list is incomplete where the server says so' {
        $null = New-KubeRole broken -Verb get -Resource pods -Namespace team-b
        $null = Grant-KubeServiceAccountRole team-b/default -Role broken -Namespace team-b
        Remove-KubeResource roles broken -Namespace team-b -Confirm:$false
        $rules = Get-KubeIdentity -Rules -As system:serviceaccount:team-b:default -Namespace team-b -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'may not be all rules.*broken'
        $rules.IsIncomplete | Select-Object -Unique | Should -BeTrue
    }

    It 'shows the rules without columns for what the server does not tell' {
        Get-KubeIdentity -Rules -KubeConfig $sandbox.KubeConfig -Context reader -Namespace team-a | Get-View | Should -Match '(?m)^Verbs +Scope +What *\r?$'
    }
}
