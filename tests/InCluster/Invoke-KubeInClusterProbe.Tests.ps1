BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-KubeSandbox -RunPods -Connect -ErrorAction Stop
    $admin = Get-KubeConnection

    # Nothing may be left of a probe. The pod goes a moment after its Job.
    function Get-Leftover {
        $pods = $null
        foreach ($attempt in 1..50) {
            $pods = Get-KubeServiceAccountUsage -AllNamespaces -Connection $admin | Where-Object Pod -Like 'kubesa-probe-*'
            if (-not $pods) { return }
            Start-Sleep -Milliseconds 100
        }
        $pods
    }
}
AfterAll { Stop-TestSandbox }

Describe 'Invoke-KubeInClusterProbe' {
    It 'tells from outside what a program in a pod would meet' {
        $report = Invoke-KubeInClusterProbe pod-watcher -Namespace team-a
        $report | Should -BeOfType KubeSa.AccessReport
        $report.Cause | Should -Be 'None'
        "$report" | Should -Be 'There are 11 pods in the cluster'
        $report.UserName | Should -Be 'system:serviceaccount:team-a:pod-watcher'
        $report.Checks.Count | Should -Be 10
        $report.Checks | Where-Object Status -NE 'Pass' | Should -BeNullOrEmpty
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'says that the ordinary pods of an account get no token where it does not let them' {
        $report = Invoke-KubeInClusterProbe web -Namespace team-a -Resource configmaps -ImagePullPolicy IfNotPresent -WarningVariable warned 3> $null
        ($report.Checks | Where-Object Name -EQ 'Mount').Status | Should -Be 'Warn'
        $warned | Should -BeLike '*team-a/web get none*'
    }

    It 'takes accounts from the pipeline and reports what they may not do' {
        $reports = Get-KubeServiceAccount reader, builder -Namespace team-a | Invoke-KubeInClusterProbe -Resource secrets -ResourceNamespace team-a
        $reports.Cause | Should -Be 'Forbidden', 'Forbidden'
        $reports.ServiceAccount | Should -Be 'reader', 'builder'
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'leaves its pod with -Keep, and its log gives the same verdict' {
        if (-not (Get-Command kubectl -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'there is no kubectl on PATH' }
        $env:KUBECONFIG = $sandbox.KubeConfig
        try {
            $report = Invoke-KubeInClusterProbe web -Namespace team-a -Keep
            $pod = (Get-KubeServiceAccountUsage web -Namespace team-a | Where-Object Pod -Like 'kubesa-probe-*').Pod
            (kubectl logs -n team-a $pod | Test-KubeInClusterAccess).Summary | Should -Be $report.Summary
            kubectl delete jobs -n team-a --all | Should -BeLike '*deleted*'
        }
        finally { $env:KUBECONFIG = $null }
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'says why a pod cannot start: <Id>' -ForEach @(
        @{ Id = 'ImagePullFailed'; Image = 'registry.example.com/other:1'; Words = '*not found*' }
        @{ Id = 'ImagePullFailed'; Image = 'Not An Image'; Words = '*invalid reference format*' }
    ) {
        $null = Invoke-KubeInClusterProbe web -Namespace team-a -Image $Image -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be "$Id,KubeSa.Cmdlets.InvokeKubeInClusterProbeCommand"
        "$($failures[0])" | Should -BeLike $Words
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'makes nothing for an account that is not there, nor with -WhatIf' {
        $null = Invoke-KubeInClusterProbe nope -Namespace team-a -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ServiceAccountNotFound,*'
        Invoke-KubeInClusterProbe web -Namespace team-a -WhatIf | Should -BeNullOrEmpty
        Get-Leftover | Should -BeNullOrEmpty
    }
}
