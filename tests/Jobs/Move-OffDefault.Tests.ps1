BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox

    # Somebody has given the account of all that name none the rights that one of them needs.
    $null = Grant-KubeServiceAccountRole default -Namespace team-b -ClusterRole view
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

    It 'gives the new account the rights first, and moves' {
        $null = Get-KubeServiceAccount worker -Namespace team-b | Grant-KubeServiceAccountRole -ClusterRole view
        $moved = Get-KubeServiceAccount worker -Namespace team-b | Set-KubeWorkloadServiceAccount worker -Wait -WarningVariable warned
        $moved.Before | Should -Be 'default'
        $warned | Should -BeNullOrEmpty
    }

    It 'finds nothing that runs as default any more, and the same rights with the new account' {
        Get-KubeServiceAccountUsage default -Namespace team-b | Should -BeNullOrEmpty
        $before = Get-KubeAccessRule default -Namespace team-b | ForEach-Object { "$($_.Verbs) $($_.What)" }
        $after = Get-KubeAccessRule worker -Namespace team-b | ForEach-Object { "$($_.Verbs) $($_.What)" }
        $after | Should -Be $before
    }

    It 'takes from default what nobody needs there any more' {
        Revoke-KubeServiceAccountRole default -Namespace team-b -ClusterRole view -Confirm:$false
        Test-KubeAccess list pods -ServiceAccount team-b/default -Quiet | Should -BeFalse
        Test-KubeAccess list pods -ServiceAccount team-b/worker -Quiet | Should -BeTrue
    }
}
