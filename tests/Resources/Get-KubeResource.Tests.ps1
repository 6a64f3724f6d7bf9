BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Get-KubeResource' {
    It 'counts the pods of the cluster, as the story does' {
        $count = (Get-KubeResource pods -AllNamespaces).Count
        $count | Should -BeGreaterThan 3
        "There are $count pods in the cluster" | Should -Match '^There are \d+ pods'
    }

    It 'takes <_> for deployments' -ForEach 'deployments', 'deployment', 'Deployment', 'deploy', 'deployments.apps', 'deployments.v1.apps' {
        (Get-KubeResource $_ -Namespace team-a).Name | Should -Contain 'web'
    }

    It 'gives the object as the server has it, with kind, version, numbers and times as text' {
        $web = Get-KubeResource deploy/web -Namespace team-a
        $web.PSObject.TypeNames[0] | Should -Be 'KubeSa.Resource#apps/v1/Deployment'
        $web.PSObject.TypeNames[1] | Should -Be 'KubeSa.Resource'
        $web.kind, $web.apiVersion | Should -Be 'Deployment', 'apps/v1'
        $web.spec.replicas | Should -BeOfType long
        $web.metadata.creationTimestamp | Should -BeOfType string
        (Get-KubeResource pods -Namespace team-a)[0].PSObject.TypeNames[0] | Should -Be 'KubeSa.Resource#v1/Pod'
        "$web" | Should -Be 'team-a/web'
    }

    It 'keeps what is ours out of JSON, and remembers the cluster all the same' {
        $web = Get-KubeResource deploy/web -Namespace team-a
        ($web | ConvertTo-Json -Depth 20 | ConvertFrom-Json).PSObject.Properties.Name | Should -Be @('kind', 'apiVersion', 'metadata', 'spec', 'status')
        $web.ClusterServer | Should -Be $sandbox.Url
        $web.Connection | Should -BeOfType KubeSa.Connection
        [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($web)).ClusterServer | Should -Be $sandbox.Url
    }

    It 'says which literal name is missing and goes on; a wildcard that matches nothing is silence' {
        $found = Get-KubeResource pods nope, build-7 -Namespace team-a -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'build-7'
        $failures[0].FullyQualifiedErrorId | Should -Be 'NotFound,KubeSa.Cmdlets.GetKubeResourceCommand'
        $failures[0].TargetObject | Should -Be 'team-a/nope'
        Get-KubeResource pods nope* -Namespace team-a -ErrorAction Stop | Should -BeNullOrEmpty
        (Get-KubeResource pods build-* -AllNamespaces -ErrorAction Stop).Name | Should -Be 'build-7'
    }

    It 'has the ids that kinds have of their own: <Id>' -ForEach @(
        @{ What = 'sa/nope'; Id = 'ServiceAccountNotFound' }
        @{ What = 'secret/nope'; Id = 'SecretNotFound' }
        @{ What = 'deploy/nope'; Id = 'WorkloadNotFound' }
        @{ What = 'ns/nope'; Id = 'NamespaceNotFound' }
        @{ What = 'nonsuch'; Id = 'NotFound' }
        @{ What = 'pods/No_Pod'; Id = 'InvalidName' }
        @{ What = 'pods/../secrets'; Id = 'InvalidName' }
        @{ What = '--as=jane'; Id = 'InvalidRequest' }
    ) {
        { Get-KubeResource $What -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*"
    }

    It 'looks in the namespaces that are piped' {
        (Get-KubeNamespace team-a, team-b | Get-KubeResource sa/default).Namespace | Should -Be 'team-a', 'team-b'
        (Get-KubeNamespace team-a, team-b | Get-KubeResource sa default).Namespace | Should -Be 'team-a', 'team-b'
        (Get-KubeNamespace team-b | Get-KubeResource sa).Name | Should -Contain 'default'
    }

    It 'says that a namespace is missing' {
        { Get-KubeResource pods -Namespace nonsuch -ErrorAction Stop } | Should -Throw -ErrorId 'NamespaceNotFound,*'
    }

    It 'matches namespaces by wildcard, and labels and fields by selectors' {
        Get-KubeResource pods -Namespace team-* | ForEach-Object Namespace | Sort-Object -Unique | Should -Be 'team-a', 'team-b'
        Get-KubeResource pods -AllNamespaces -LabelSelector app=coredns | ForEach-Object Namespace | Sort-Object -Unique | Should -Be 'kube-system'
        (Get-KubeResource pods -AllNamespaces -FieldSelector metadata.name=build-7).Namespace | Should -Be 'team-a'
    }

    It 'reads what lives in no namespace, whatever -Namespace says' {
        (Get-KubeResource namespaces team-a -Namespace team-b).Name | Should -Be 'team-a'
        (Get-KubeResource clusterroles system:discovery).kind | Should -Be 'ClusterRole'
    }

    It 'shows the table as kubectl prints it' {
        $lines = (Get-KubeResource deploy -Namespace team-a | Get-View) -split '\r?\n'
        $lines | Should -Contain 'NAME          READY   UP-TO-DATE   AVAILABLE   AGE'
        $lines | Where-Object { $_ -match '^web           2/2     2            2           \d+\w+$' } | Should -HaveCount 1
        (Get-KubeResource deploy -AllNamespaces | Get-View) | Should -Match '(?m)^NAMESPACE     NAME '
        (Get-KubeResource pods -Namespace team-a -Wide | Get-View) | Should -Match 'NOMINATED NODE'
        (Get-KubeResource pods -Namespace team-a | Get-View) | Should -Not -Match 'NOMINATED NODE'
    }

    It 'lets one filter by what the table shows' {
        (Get-KubeResource deploy -Namespace team-a | Where-Object { $_.Row.READY -eq '2/2' }).Name | Should -Be 'web'
    }

    It 'goes back to the cluster that an object came from' {
        $other = Start-TestSandbox
        $other.Url | Should -Not -Be $sandbox.Url
        $pod = Get-KubeResource pods/build-7 -Namespace team-a -KubeConfig $sandbox.KubeConfig
        ($pod | Get-KubeResource pods).ClusterServer | Should -Be $sandbox.Url
    }

    It 'is refused what its account may not see' {
        { Get-KubeResource secrets -Namespace kube-system -KubeConfig $sandbox.KubeConfig -Context reader -ErrorAction Stop } | Should -Throw -ErrorId 'Forbidden,*'
    }

    It 'completes kinds and names' {
        $null = Get-KubeResource pods -Namespace team-a
        (TabExpansion2 'Get-KubeResource statef' 23).CompletionMatches.CompletionText | Should -Contain 'statefulsets.apps'
        $names = foreach ($try in 1..20) {
            $all = (TabExpansion2 'Get-KubeResource pods -Namespace team-a -Name bui' 49).CompletionMatches.CompletionText
            if ($all) { $all; break }
        }
        $names | Should -Contain 'build-7'
    }
}
