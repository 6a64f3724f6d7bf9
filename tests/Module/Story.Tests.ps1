BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $s = Start-KubeSandbox -Scenario retired-key -Connect
}
AfterAll { Stop-TestSandbox }

Describe 'The story, step by step' {
    It 'lists the accounts of all namespaces' {
        (Get-KubeServiceAccount -AllNamespaces).ForEach{ "$_" } | Should -Contain 'kube-system/default'
    }

    It 'decodes the stored token of the default account' {
        $secret = Get-KubeSaTokenSecret -Namespace kube-system | ConvertFrom-SaTokenSecret
        $secret.ServiceAccount | Should -Be 'default'
        $secret.Info.Kind | Should -Be 'Legacy'
        $secret.Info.ExpiresAt | Should -BeNullOrEmpty
    }

    It 'can tell no more from inside than that the token is rejected' {
        $report = Test-KubeInClusterAccess -MountPath $s.MountPath -AllNamespaces
        $report.Success | Should -BeFalse
        $report.Cause | Should -Be 'TokenRejected'
        $report.UserName | Should -Be 'system:serviceaccount:kube-system:default'
    }

    It 'names the retired key with the administrator''s connection' {
        $report = Test-KubeInClusterAccess -MountPath $s.MountPath -AllNamespaces -AdminConnection (Get-KubeConnection)
        $report.Cause | Should -Be 'SignatureKeyUnknown'
        ($report.Checks | Where-Object Status -EQ 'Fail' | Select-Object -First 1).Name | Should -Be 'Authentication'
        ($report.Checks | Where-Object Name -EQ 'Authentication').Remedy | Should -Not -BeNullOrEmpty
    }

    It 'is repaired by a new account' {
        New-KubeServiceAccount pod-counter -Namespace kube-system | Set-KubeWorkloadServiceAccount pod-counter -Wait |
            ForEach-Object PreviousServiceAccount | Should -Be 'default'
        $report = Test-KubeInClusterAccess -MountPath $s.MountPath -AllNamespaces
        $report.Success | Should -BeTrue
        "$report" | Should -Be 'There are 14 pods in the cluster'
    }
}
