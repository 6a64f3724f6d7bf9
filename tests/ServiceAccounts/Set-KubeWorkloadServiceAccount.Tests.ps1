BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Set-KubeWorkloadServiceAccount' {
    It 'points a deployment at another account and waits for its pods' {
        $workload = Set-KubeWorkloadServiceAccount reports -ServiceAccount unused -Namespace team-b -Wait
        $workload | Should -BeOfType KubeSa.Workload
        $workload.ServiceAccount | Should -Be 'unused'
        $workload.PreviousServiceAccount | Should -Be 'viewer'
        $workload.RolledOut | Should -BeTrue
    }

    It 'takes the account, its namespace and its cluster from the pipeline' {
        $account = New-KubeServiceAccount worker -Namespace team-b
        Disconnect-KubeCluster
        try { $workload = $account | Set-KubeWorkloadServiceAccount worker -Wait }
        finally { Connect-KubeCluster -KubeConfig $sandbox.KubeConfig }
        "$workload" | Should -Be 'Deployment team-b/worker'
        $workload.ServiceAccount | Should -Be 'worker'
    }

    It 'changes nothing with -WhatIf' {
        Set-KubeWorkloadServiceAccount web -ServiceAccount builder -Namespace team-a -WhatIf | Should -BeNullOrEmpty
        (Set-KubeWorkloadServiceAccount web -ServiceAccount web -Namespace team-a).PreviousServiceAccount | Should -Be 'web'
    }

    It 'warns of an account that is missing' {
        $null = Set-KubeWorkloadServiceAccount web -ServiceAccount absent -Namespace team-a -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*team-a/absent*'
    }

    It 'names a workload that is missing' {
        $null = Set-KubeWorkloadServiceAccount nope -ServiceAccount web -Namespace team-a -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'WorkloadNotFound,KubeSa.Cmdlets.SetKubeWorkloadServiceAccountCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -Be 'team-a/nope'
    }

    It 'refuses an account of another namespace' {
        { Get-KubeServiceAccount viewer -Namespace team-b | Set-KubeWorkloadServiceAccount web -Namespace team-a -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'shows a table with the account before and after' {
        Set-KubeWorkloadServiceAccount reports -ServiceAccount viewer -Namespace team-b -Wait | Get-View |
            Should -Match '(?m)^Deployment +team-b +reports +viewer +\S+ +1/1\s*$'
    }

    It 'takes what Get-KubeServiceAccountUsage shows, each workload once' {
        $null = New-KubeServiceAccount piped -Namespace team-a
        $null = Set-KubeWorkloadServiceAccount web -ServiceAccount web -Namespace team-a -Wait
        $usage = Get-KubeServiceAccountUsage web -Namespace team-a | Where-Object Workload -EQ 'Deployment/web'
        $usage | Should -Not -BeNullOrEmpty
        $changed = @($usage; $usage) | Set-KubeWorkloadServiceAccount -ServiceAccount piped
        "$changed", $changed.ServiceAccount, $changed.PreviousServiceAccount | Should -Be 'Deployment team-a/web', 'piped', 'web'
    }

    It 'takes names as kubectl and usages write them: <name>' -ForEach @(
        @{ Name = 'Deployment/web' }, @{ Name = 'deployment.apps/web' }, @{ Name = 'deploy/web' }, @{ Name = 'deployments/web' }
    ) {
        "$(Set-KubeWorkloadServiceAccount $Name -ServiceAccount web -Namespace team-a)" | Should -Be 'Deployment team-a/web'
    }

    It 'refuses a kind that contradicts -Kind, and what is no workload' {
        { Set-KubeWorkloadServiceAccount Deployment/web -Kind DaemonSet -ServiceAccount web -Namespace team-a -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        { Set-KubeWorkloadServiceAccount secret/web -ServiceAccount web -Namespace team-a -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName,*'
        { Set-KubeWorkloadServiceAccount statefulset/web -ServiceAccount web -Namespace team-a -ErrorAction Stop } | Should -Throw -ErrorId 'WorkloadNotFound,*'
    }

    It 'says of a pod that nothing owns what to do instead' {
        $null = @{ apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = 'alone'; namespace = 'team-a' }
            spec = @{ serviceAccountName = 'web'; containers = @(@{ name = 'c'; image = 'busybox' }) } } | New-KubeResource
        Get-KubeServiceAccountUsage web -Namespace team-a | Where-Object Pod -EQ alone | Set-KubeWorkloadServiceAccount -ServiceAccount piped -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].TargetObject | Should -Be 'team-a/alone'
        "$failure" | Should -Match 'serviceAccountName: piped'
    }

    It 'asks for a workload where none is named' {
        { Set-KubeWorkloadServiceAccount -ServiceAccount web -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }
}
