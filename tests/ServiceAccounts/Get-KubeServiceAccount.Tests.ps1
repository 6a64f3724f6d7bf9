BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Get-KubeServiceAccount' {
    It 'lists the accounts of the connection''s namespace' {
        (Get-KubeServiceAccount).Name | Should -Be 'default'
        Get-KubeServiceAccount | Should -BeOfType KubeSa.ServiceAccount
    }

    It 'lists all namespaces with -AllNamespaces and with -A' {
        $all = Get-KubeServiceAccount -AllNamespaces
        ($all | Where-Object Name -EQ 'default').Count | Should -Be ($all | Group-Object Namespace).Count
        (Get-KubeServiceAccount -A).Count | Should -Be $all.Count
    }

    It 'sorts, groups and selects as objects do' {
        $groups = Get-KubeServiceAccount -A | Sort-Object Namespace, Name | Group-Object Namespace
        ($groups | Where-Object Name -EQ 'team-b').Group.Name | Should -Be 'default', 'unused', 'viewer'
        (Get-KubeServiceAccount -A | Select-Object -First 1).Count | Should -Be 1
    }

    It 'finds names by wildcard in namespaces by wildcard' {
        (Get-KubeServiceAccount d* -Namespace team-* | Sort-Object Namespace, Name).ForEach{ "$_" } |
            Should -Be 'team-a/default', 'team-a/deployer', 'team-b/default'
    }

    It 'is silent where a wildcard matches nothing' {
        Get-KubeServiceAccount nope* -ErrorVariable failures | Should -BeNullOrEmpty
        $failures | Should -BeNullOrEmpty
    }

    It 'gives an error record with id, category and target for a name that is missing' {
        $Error.Clear()
        Get-KubeServiceAccount nope -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $Error.Count | Should -Be 1
        $Error[0].FullyQualifiedErrorId | Should -Be 'ServiceAccountNotFound,KubeSa.Cmdlets.GetKubeServiceAccountCommand'
        $Error[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $Error[0].TargetObject | Should -Be 'default/nope'
    }

    It 'goes on after a name that is missing' {
        $found = 'nope', 'reader', 'neither', 'web' | Get-KubeServiceAccount -Namespace team-a -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'reader', 'web'
        $failures.TargetObject | Should -Be 'team-a/nope', 'team-a/neither'
    }

    It 'ends the script with -ErrorAction Stop' {
        { Get-KubeServiceAccount nope -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceAccountNotFound,*'
    }

    It 'refuses a name that Kubernetes cannot have, before any request' {
        { Get-KubeServiceAccount '../../secrets/s' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName,*'
    }

    It 'tells a mistyped namespace from an empty one' {
        { Get-KubeServiceAccount -Namespace nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'NamespaceNotFound,*'
    }

    It 'selects by labels and fields on the server' {
        New-KubeServiceAccount labelled -Namespace team-b -Label @{ app = 'shop' } | Out-Null
        (Get-KubeServiceAccount -A -LabelSelector 'app=shop').Name | Should -Be 'labelled'
        (Get-KubeServiceAccount -A -FieldSelector 'metadata.name=viewer').Namespace | Should -Be 'team-b'
    }

    It 'takes name and namespace from objects by property name' {
        (Get-KubeServiceAccount viewer -Namespace team-b | Get-KubeServiceAccount).Uid |
            Should -Be (Get-KubeServiceAccount viewer -Namespace team-b).Uid
        ([pscustomobject]@{ Namespace = 'team-b'; Name = 'viewer' } | Get-KubeServiceAccount).UserName |
            Should -Be 'system:serviceaccount:team-b:viewer'
    }

    It 'leads from a workload to the account its pods run as' {
        $workload = [pscustomobject]@{ Namespace = 'team-b'; Name = 'reports'; ServiceAccount = 'viewer' }
        ($workload | Get-KubeServiceAccount).Name | Should -Be 'viewer'
    }

    It 'talks to the cluster that a piped object came from' {
        $account = Get-KubeServiceAccount viewer -Namespace team-b
        Disconnect-KubeCluster
        try { ($account | Get-KubeServiceAccount).Uid | Should -Be $account.Uid }
        finally { Connect-KubeCluster -KubeConfig $sandbox.KubeConfig }
    }

    It 'goes through the context of a kubeconfig, with its namespace and its rights' {
        (Get-KubeServiceAccount reader -KubeConfig $sandbox.KubeConfig -Context reader).Namespace | Should -Be 'team-a'
        { Get-KubeServiceAccount -Namespace team-b -KubeConfig $sandbox.KubeConfig -Context reader -ErrorAction Stop } |
            Should -Throw -ErrorId 'Forbidden,*'
    }

    It 'knows the user name and the groups the server gives an account' {
        $account = Get-KubeServiceAccount web -Namespace team-a
        $account.UserName | Should -Be 'system:serviceaccount:team-a:web'
        $account.Groups | Should -Be 'system:serviceaccounts', 'system:serviceaccounts:team-a', 'system:authenticated'
        $account.AutomountToken | Should -BeFalse
        (Get-KubeServiceAccount builder -Namespace team-a).ImagePullSecrets | Should -Be 'registry-login'
        (Get-KubeServiceAccount viewer -Namespace team-b).AutomountToken | Should -BeNullOrEmpty
    }

    It 'goes into JSON and CSV without the connection' {
        $json = Get-KubeServiceAccount web -Namespace team-a | ConvertTo-Json -Depth 3 | ConvertFrom-Json
        $json.Name | Should -Be 'web'
        $json.PSObject.Properties.Name | Should -Not -Contain 'Connection'
        $file = Join-Path $TestDrive 'accounts.csv'
        Get-KubeServiceAccount -A | Select-Object Namespace, Name, Age | Export-Csv $file
        (Import-Csv $file | Where-Object Namespace -EQ 'team-b').Name | Should -Contain 'viewer'
    }

    It 'shows the table of kubectl, with a short age' {
        $view = Get-KubeServiceAccount -Namespace team-a | Get-View
        $view | Should -Match '(?m)^Namespace +Name +Secrets +Age\s*$'
        $view | Should -Match '(?m)^team-a +web +0 +\d+d\s*$'
    }

    It 'describes an account as a list' {
        $view = Get-KubeServiceAccount builder -Namespace team-a | Format-List | Get-View
        $view | Should -Match '(?m)^Image pull secrets +: registry-login'
        $view | Should -Match '(?m)^Tokens +: \(not fetched: -IncludeTokens\)'
        $view | Should -Match '(?m)^Events +: \(not fetched: -IncludeEvents\)'
        Get-KubeServiceAccount builder -Namespace team-a -IncludeEvents | Format-List | Get-View | Should -Match '(?m)^Events +: <none>'
    }
}

Describe 'Get-KubeServiceAccount -IncludeTokens' {
    It 'marks the Secrets that do not exist, as kubectl describe does' {
        New-KubeServiceAccount puller -Namespace team-b -ImagePullSecret nowhere > $null
        Get-KubeServiceAccount puller -Namespace team-b -IncludeTokens | Format-List | Get-View | Should -Match 'Image pull secrets : nowhere \(not found\)'
        Get-KubeServiceAccount puller -Namespace team-b | Format-List | Get-View | Should -Match '(?m)^Image pull secrets : nowhere\r?$'
    }

    It 'fetches the token Secrets of the accounts too' {
        Start-TestSandbox -Scenario legacy
        $account = Get-KubeServiceAccount reader -Namespace team-a -IncludeTokens
        $account.Tokens.Count | Should -Be 1
        $account.Tokens[0].Info.UserName | Should -Be $account.UserName
        $account | Format-List | Get-View | Should -Match "(?m)^Tokens +: $($account.Tokens[0].Name)"
    }

    It 'takes what kubectl get sa -o name prints' {
        $names = kubectl --kubeconfig $sandbox.KubeConfig get sa -n team-a -o name
        $names | Should -Contain 'serviceaccount/reader'
        ($names | Get-KubeServiceAccount -n team-a).Name | Sort-Object | Should -Be ((Get-KubeServiceAccount -Namespace team-a).Name | Sort-Object)
    }
}
