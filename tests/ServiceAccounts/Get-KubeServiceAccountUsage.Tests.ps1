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

    It 'lists the accounts that nobody uses, and why they are believed to be unused' {
        $unused = Get-KubeServiceAccountUsage -Unused -Namespace team-b
        $unused.ServiceAccount | Should -Be 'unused'
        $unused.IsUsed | Should -BeFalse
        $unused.Why | Should -BeLike 'No pod and no workload runs as it. No binding names it*'
        $unused.LookedAt | Should -Contain 'token Secrets'
        $unused.Unknown | Should -BeNullOrEmpty
    }

    It 'does not call those unused for which something speaks' {
        Get-KubeServiceAccountUsage -Unused -Namespace team-a -WarningVariable said -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $said | Should -Match 'team-a/deployer, team-a/reader, team-a/default'
        $uncertain = Get-KubeServiceAccountUsage -IncludeUncertain -Namespace team-a
        $uncertain.ServiceAccount | Should -Be 'default', 'deployer', 'reader'
        $uncertain[1].Why | Should -Match 'RoleBinding team-a/edit-deployer'
        $uncertain | Out-String -Width 80 | Should -Match 'team-a +reader +\(uncertain\)'
    }

    It 'leads on to the removal of old accounts, which -WhatIf names' {
        New-KubeServiceAccount deployment-controller -Namespace kube-system > $null
        $said = pwsh -NoProfile -NonInteractive -Command @"
            Import-Module '$(Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1')'
            Connect-KubeCluster -KubeConfig '$($sandbox.KubeConfig)' > `$null
            Get-KubeServiceAccount -AllNamespaces | Where-Object { `$_.Age -ge [timespan]::Zero } |
                Get-KubeServiceAccountUsage -Unused | Remove-KubeServiceAccount -WhatIf
"@
        $targets = $said | Select-String 'on target "ServiceAccount ([^ "]+)' | ForEach-Object { $_.Matches[0].Groups[1].Value }
        $targets | Should -Be 'team-b/unused'
        $said -join ' ' | Should -Match 'Not listed, though nobody runs as them: .*deployment-controller'
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

Describe 'Get-KubeServiceAccountUsage -Legacy' {
    BeforeAll {
        $null = Start-TestSandbox
        foreach ($name in 'held', 'outside', 'idle', 'read') { $null = New-KubeSaTokenSecret builder $name -Namespace team-a }
        function New-Holder([string] $Name, [hashtable] $Container, [hashtable] $Rest) {
            New-KubeResource @{
                apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = $Name; namespace = 'team-a' }
                spec = @{ containers = @(@{ name = 'a'; image = 'example' } + $Container) } + $Rest
            } > $null
        }
        New-Holder holder @{ volumeMounts = @(@{ name = 'key'; mountPath = '/key' }) } @{ serviceAccountName = 'reader'; volumes = @(@{ name = 'key'; secret = @{ secretName = 'held' } }) }
        New-Holder reading @{ env = @(@{ name = 'KEY'; valueFrom = @{ secretKeyRef = @{ name = 'read'; key = 'token' } } }) } @{ serviceAccountName = 'builder' }
        $null = Set-KubeResource secrets outside -Namespace team-a -Patch @{ metadata = @{ labels = @{ 'kubernetes.io/legacy-token-last-used' = '2026-01-02' } } }
    }

    It 'lists who holds a token that never expires, and what to have instead' {
        $list = Get-KubeServiceAccountUsage -Legacy -Namespace team-a
        $list.Secret | Should -Be 'held', 'idle', 'outside', 'read'
        $list.Pod | Should -Be 'holder', $null, $null, 'reading'
        $list.Instead | Should -Be 'run as builder', 'quarantine, then nothing', 'requested token, or federation', 'projected token'
        $list[2].LastUsed.ToString('yyyy-MM-dd') | Should -Be '2026-01-02'
        $list[2].IsUsed | Should -BeNullOrEmpty
        $list | ForEach-Object { $_.Why | Should -Not -BeNullOrEmpty }
    }

    It 'says what is in quarantine' {
        $null = Disable-KubeSaTokenSecret idle -Namespace team-a
        (Get-KubeServiceAccountUsage -Legacy -Namespace team-a | Where-Object Secret -EQ idle).Why | Should -Match '^In quarantine since'
    }

    It 'takes accounts, and leads on to the quarantine' {
        Get-KubeServiceAccountUsage reader -Legacy -Namespace team-a | Should -BeNullOrEmpty
        (Get-KubeServiceAccount builder -Namespace team-a | Get-KubeServiceAccountUsage -Legacy).Count | Should -Be 4
        Get-KubeServiceAccountUsage builder -Legacy -Namespace team-a | Where-Object Instead -Like 'quarantine*' |
            ForEach-Object { Disable-KubeSaTokenSecret $_.Secret -Namespace $_.Namespace } | ForEach-Object Name | Should -Be 'idle'
    }

    It 'shows a table that fits a narrow terminal' {
        Get-KubeServiceAccountUsage -Legacy -Namespace team-a | Out-String -Width 80 | Should -Match 'team-a +builder +held +Pod/holder +- +run as builder'
    }

    It 'does not take what a server does not note for no use' {
        $null = Start-TestSandbox -Scenario legacy
        (Get-KubeServiceAccountUsage viewer -Legacy -Namespace team-b).Why | Should -Match 'not known'
    }

    It 'is another thing than -Unused' {
        { Get-KubeServiceAccountUsage -Legacy -Unused -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }
}
