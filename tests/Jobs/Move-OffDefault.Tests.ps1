BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox

    # Somebody has given the account of all that name none the rights that one of them needs: some by a ClusterRole, some by a
    # role of the namespace, and some in the whole cluster.
    $null = Grant-KubeServiceAccountRole default -Namespace team-b -ClusterRole view
    $null = Grant-KubeServiceAccountRole team-b/default -Namespace team-b -Verb get -Resource secrets -ResourceName settings
    $null = Grant-KubeServiceAccountRole team-b/default -ClusterWide -Verb list -Resource nodes
}
AfterAll { Stop-TestSandbox }

Describe 'The job: all workloads of a namespace off the account default, and nothing lost' {
    It 'sees what runs as default' {
        Get-KubeServiceAccountUsage default -Namespace team-b | ForEach-Object Workload | Sort-Object -Unique | Should -Be 'Deployment/worker'
    }

    It 'is warned of the rights that would be lost' {
        $account = New-KubeServiceAccount worker -Namespace team-b
        Set-KubeWorkloadServiceAccount worker -ServiceAccount $account -WhatIf -WarningVariable warned 3> $null
        "$warned" | Should -BeLike '*configmaps*'
    }

    It 'gives the new account what default holds by bindings of its own, in one pipeline' {
        $given = Get-KubeAccessRule default -Namespace team-b | Where-Object { $_.Subject.Kind -eq 'ServiceAccount' } | Grant-KubeServiceAccountRole worker
        $given.Role | Sort-Object -Unique | Should -Be 'get-secrets-settings', 'list-nodes', 'view'
        $given.Subjects.Name | Select-Object -Unique | Should -Be worker
    }

    It 'moves every workload, in one more, and no right is lost' {
        $moved = Get-KubeServiceAccountUsage default -Namespace team-b | Set-KubeWorkloadServiceAccount -ServiceAccount worker -Wait -WarningVariable warned
        $moved.Before | Should -Be 'default'
        $warned | Should -BeNullOrEmpty
    }

    It 'finds nothing that runs as default any more, and the same rights with the new account' {
        Get-KubeServiceAccountUsage default -Namespace team-b | Should -BeNullOrEmpty
        $before = Get-KubeAccessRule default -Namespace team-b | ForEach-Object { "$($_.Scope) $($_.Verbs) $($_.What)" } | Sort-Object
        $after = Get-KubeAccessRule worker -Namespace team-b | ForEach-Object { "$($_.Scope) $($_.Verbs) $($_.What)" } | Sort-Object
        $after | Should -Be $before
    }

    It 'takes from default what nobody needs there any more' {
        $null = Get-KubeAccessRule default -Namespace team-b | Where-Object { $_.Subject.Kind -eq 'ServiceAccount' } | Revoke-KubeServiceAccountRole -Confirm:$false
        Test-KubeAccess list pods -ServiceAccount team-b/default -Quiet | Should -BeFalse
        Test-KubeAccess list pods -ServiceAccount team-b/worker -Quiet | Should -BeTrue
        Test-KubeAccess list nodes -ServiceAccount team-b/worker -Quiet 3> $null | Should -BeTrue
    }
}
