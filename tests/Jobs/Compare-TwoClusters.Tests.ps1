BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $old = Start-KubeSandbox -Scenario legacy
    $new = Start-KubeSandbox
    $module = Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1' -Resolve
    $clusters = $old, $new | ForEach-Object { New-KubeConnection -KubeConfig $_.KubeConfig }
}
AfterAll { Stop-TestSandbox }

Describe 'The job: two clusters in parallel' {
    It 'lists the accounts of both at once, and they can be told apart' {
        $accounts = $clusters | ForEach-Object -Parallel { Import-Module $using:module; Get-KubeServiceAccount -AllNamespaces -Connection $_ }
        $servers = $accounts | Group-Object ClusterServer
        $servers.Name | Sort-Object | Should -Be ($old.Url, $new.Url | Sort-Object)
        $servers | ForEach-Object { $_.Group.Name | Should -Contain 'pod-watcher' }
    }

    It 'compares what they have' {
        $there = Get-KubeServiceAccount -AllNamespaces -Connection $clusters[0]
        $here = Get-KubeServiceAccount -AllNamespaces -Connection $clusters[1]
        Compare-Object $there $here -Property Namespace, Name | ForEach-Object Name | Should -Be 'legacy-service-account-token-cleaner'
    }

    It 'changes each object where it came from, whatever the session is connected to' {
        $null = Connect-KubeCluster -KubeConfig $new.KubeConfig
        Get-KubeServiceAccount reader -Namespace team-a -Connection $clusters[0] | Set-KubeServiceAccount -Label @{ seen = 'yes' }
        (Get-KubeServiceAccount reader -Namespace team-a -Connection $clusters[0]).Labels['seen'] | Should -Be 'yes'
        (Get-KubeServiceAccount reader -Namespace team-a).Labels['seen'] | Should -BeNullOrEmpty
    }

    It 'refuses to take what has lost its connection to the other cluster' {
        $account = Get-KubeServiceAccount reader -Namespace team-a -Connection $clusters[0] | ConvertTo-Json | ConvertFrom-Json
        { $account | Remove-KubeServiceAccount -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectionMismatch,*'
    }
}
