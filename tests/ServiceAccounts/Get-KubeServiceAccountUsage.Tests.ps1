BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Get-KubeServiceAccountUsage' {
    It 'shows who runs as an account and how it gets its token' {
        $usage = Get-KubeServiceAccount pod-watcher -Namespace team-a | Get-KubeServiceAccountUsage
        $usage.Workload | Should -Be 'Deployment/pod-watcher'
        $usage.Automount | Should -BeTrue
        $usage.TokenPath | Should -Be '/var/run/secrets/kubernetes.io/serviceaccount/token'
        $usage.TokenExpirationSeconds | Should -Be 3607
    }

    It 'shows pods that opted out' {
        $usage = Get-KubeServiceAccountUsage web -Namespace team-a
        $usage.Count | Should -Be 2
        $usage.Automount | Should -Be $false, $false
        $usage.TokenPath | Where-Object { $_ } | Should -BeNullOrEmpty
    }

    It 'lists the accounts that nobody runs as' {
        (Get-KubeServiceAccountUsage -Unused -Namespace team-b).ServiceAccount | Should -Be 'unused'
        (Get-KubeServiceAccount -AllNamespaces | Get-KubeServiceAccountUsage -Unused | Where-Object Namespace -EQ team-a).ServiceAccount |
            Should -Be 'default', 'deployer', 'reader'
    }

    It 'leads on to the removal of old accounts, which -WhatIf names' {
        $said = pwsh -NoProfile -NonInteractive -Command @"
            Import-Module '$(Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1')'
            Connect-KubeCluster -KubeConfig '$($sandbox.KubeConfig)'
            Get-KubeServiceAccount -AllNamespaces | Where-Object { `$_.Age -ge [timespan]::Zero } |
                Get-KubeServiceAccountUsage -Unused | Remove-KubeServiceAccount -WhatIf
"@
        $targets = $said | Select-String 'on target "ServiceAccount (.+)"' | ForEach-Object { $_.Matches[0].Groups[1].Value }
        $targets | Should -Contain 'team-b/unused'
        $targets | Should -Contain 'team-a/deployer'
        $targets | Should -Not -Contain 'team-b/viewer'
        $targets.Count | Should -Be @(Get-KubeServiceAccountUsage -AllNamespaces -Unused).Count
        (Get-KubeServiceAccount unused -Namespace team-b).Name | Should -Be 'unused'
    }

    It 'lists nothing of what is young' {
        Get-KubeServiceAccount -AllNamespaces | Where-Object { $_.Age -gt [timespan]::FromDays(90) } |
            Get-KubeServiceAccountUsage -Unused | Remove-KubeServiceAccount -WhatIf | Should -BeNullOrEmpty
    }

    It 'shows the view in a narrow terminal, too' {
        $view = Get-KubeServiceAccountUsage -AllNamespaces | Out-String -Width 80
        $view | Should -Match 'team-a +web +Deployment/web +None'
        Get-KubeServiceAccountUsage -Unused -Namespace team-b | Out-String -Width 80 | Should -Match 'team-b +unused +\(unused\)'
    }

    It 'gives an error record for an account that is missing' {
        { Get-KubeServiceAccountUsage nope -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceAccountNotFound,*'
    }

    It 'shows a table' {
        Get-KubeServiceAccountUsage pod-watcher -Namespace team-a | Get-View | Should -Match '(?m)^team-a +pod-watcher +Deployment/pod-watcher +Automount +60m +pod-watcher-\S+'
    }
}
