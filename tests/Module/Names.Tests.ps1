# A name is understood in every cmdlet alike: as kubectl prints it, with its namespace in front, with wildcards.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    $null = New-KubeSaTokenSecret web robot-token -Namespace team-a
}
AfterAll { Stop-TestSandbox }

Describe 'A name as kubectl -o name prints it' {
    It 'is taken by <Command>' -ForEach @(
        @{ Command = { New-KubeServiceAccount serviceaccount/kubectl-made -Namespace team-a }; Name = 'team-a/kubectl-made' }
        @{ Command = { 'serviceaccount/kubectl-piped' | New-KubeServiceAccount -Namespace namespace/team-a }; Name = 'team-a/kubectl-piped' }
        @{ Command = { Get-KubeServiceAccount serviceaccount/web -Namespace namespace/team-a }; Name = 'team-a/web' }
        @{ Command = { New-KubeSaTokenSecret serviceaccount/web secret/kubectl-token -Namespace team-a }; Name = 'team-a/kubectl-token' }
        @{ Command = { Get-KubeSaTokenSecret secret/robot-token -Namespace namespaces/team-a }; Name = 'team-a/robot-token' }
        @{ Command = { Get-KubeRole role.rbac.authorization.k8s.io/pod-reader -Namespace team-a }; Name = 'team-a/pod-reader' }
        @{ Command = { Get-KubeRole clusterrole.rbac.authorization.k8s.io/view -ClusterWide }; Name = 'view' }
        @{ Command = { (Grant-KubeServiceAccountRole web -Role role.rbac.authorization.k8s.io/pod-reader -Namespace team-a).Role }; Name = 'pod-reader' }
        @{ Command = { (Grant-KubeServiceAccountRole web -ClusterRole clusterrole/view -Namespace team-a).Role }; Name = 'view' }
        @{ Command = { (Revoke-KubeServiceAccountRole web -ClusterRole clusterroles/view -Namespace team-a).Role }; Name = 'view' }
        @{ Command = { Get-KubeNamespace namespace/team-a, namespace/team-b }; Name = 'team-a', 'team-b' }
    ) {
        & $Command | ForEach-Object ToString | Should -Be $Name
    }

    It 'is taken by Remove-KubeSaTokenSecret, from a pipeline of names' {
        $null = New-KubeSaTokenSecret web kubectl-gone -Namespace team-a
        'secret/kubectl-gone' | Remove-KubeSaTokenSecret -Namespace team-a -Confirm:$false
        Get-KubeSaTokenSecret kubectl-gon* -Namespace team-a | Should -BeNullOrEmpty
    }

    It 'is refused where it is one of another kind: <Command>' -ForEach @(
        @{ Command = { Get-KubeSaTokenSecret secretary.example.com/web/x -ErrorAction Stop } }
        @{ Command = { New-KubeServiceAccount deployment.apps/web -ErrorAction Stop } }
        @{ Command = { Grant-KubeServiceAccountRole web -Role clusterrole/view -ErrorAction Stop } }
    ) {
        $Command | Should -Throw -ErrorId 'InvalidName,*'
    }
}

Describe 'A namespace inside a name' {
    # So that the namespace can come from the name alone.
    BeforeAll { $null = Connect-KubeCluster -KubeConfig $sandbox.KubeConfig -Namespace team-b }
    AfterAll { $null = Connect-KubeCluster -KubeConfig $sandbox.KubeConfig }

    It 'counts: <Command>' -ForEach @(
        @{ Command = { Get-KubeServiceAccount team-a/web }; Name = 'team-a/web' }
        @{ Command = { Get-KubeServiceAccount team-a/web -Namespace team-* }; Name = 'team-a/web' }
        @{ Command = { Get-KubeServiceAccount team-a/web -AllNamespaces }; Name = 'team-a/web' }
        @{ Command = { (Get-KubeServiceAccountUsage team-a/web).Namespace | Select-Object -Unique }; Name = 'team-a' }
        @{ Command = { Get-KubeSaTokenSecret team-a/robot-token }; Name = 'team-a/robot-token' }
        @{ Command = { (Get-KubeSaTokenSecret -ServiceAccount team-a/web).Namespace | Select-Object -Unique }; Name = 'team-a' }
        @{ Command = { Get-KubeAccessRule team-a/reader | ForEach-Object Account | Select-Object -Unique }; Name = 'team-a/reader' }
        @{ Command = { New-KubeSaTokenSecret team-a/web slash-token }; Name = 'team-a/slash-token' }
    ) {
        & $Command | ForEach-Object ToString | Should -Be $Name
    }

    It 'is an error where -Namespace says another one: <Command>' -ForEach @(
        @{ Command = { Get-KubeServiceAccount team-a/web -Namespace team-b -ErrorAction Stop } }
        @{ Command = { Get-KubeServiceAccountUsage team-a/web -Namespace team-b -ErrorAction Stop } }
        @{ Command = { Get-KubeSaTokenSecret team-a/robot-token -Namespace team-b -ErrorAction Stop } }
        @{ Command = { Get-KubeSaTokenSecret -ServiceAccount team-a/web -Namespace team-b -ErrorAction Stop } }
        @{ Command = { Get-KubeAccessRule team-a/reader -Namespace team-b -ErrorAction Stop } }
        @{ Command = { Set-KubeServiceAccount team-a/web -Namespace team-b -Label @{ a = 'b' } -ErrorAction Stop } }
        @{ Command = { Remove-KubeServiceAccount team-a/web -Namespace team-b -Confirm:$false -ErrorAction Stop } }
        @{ Command = { New-KubeServiceAccountToken team-a/web -Namespace team-b -ErrorAction Stop } }
        @{ Command = { New-KubeSaTokenSecret team-a/web -Namespace team-b -ErrorAction Stop } }
        @{ Command = { Remove-KubeSaTokenSecret team-a/robot-token -Namespace team-b -Confirm:$false -ErrorAction Stop } }
        @{ Command = { Invoke-KubeInClusterProbe team-a/web -Namespace team-b -ErrorAction Stop } }
        @{ Command = { Set-KubeWorkloadServiceAccount web team-a/web -Namespace team-b -ErrorAction Stop } }
    ) {
        $Command | Should -Throw -ErrorId 'InvalidRequest,*'
        Get-KubeServiceAccount web -Namespace team-a | Should -Not -BeNullOrEmpty
    }
}

Describe 'Wildcards' {
    It 'name accounts for <Command>' -ForEach @(
        @{ Command = { Get-KubeServiceAccount read* -Namespace team-a } }
        @{ Command = { Get-KubeAccessRule read* -Namespace team-a } }
        @{ Command = { Test-KubeAccess list pods -ServiceAccount read* -Namespace team-a } }
        @{ Command = { Test-KubeAccess list pods -ServiceAccount team-?/read* } }
        @{ Command = { Get-KubeServiceAccountUsage buil* -Namespace team-a } }
        @{ Command = { Get-KubeSaTokenSecret -ServiceAccount we* -Namespace team-a } }
    ) {
        & $Command | Should -Not -BeNullOrEmpty
    }

    It 'stand for every account, for which the server is asked one by one' {
        $may = Test-KubeAccess list pods -ServiceAccount * -Namespace team-a
        $may.UserName | Should -Be (Get-KubeServiceAccount -Namespace team-a).UserName
        ($may | Where-Object Allowed).UserName | Should -Contain 'system:serviceaccount:team-a:reader'
    }

    It 'that match nothing are silence' {
        Test-KubeAccess list pods -ServiceAccount nobody* -Namespace team-a -ErrorAction Stop | Should -BeNullOrEmpty
    }
}
