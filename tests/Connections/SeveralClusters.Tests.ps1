BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $module = Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1'
    $one = Start-TestSandbox
    $first = Get-KubeConnection
    $two = Start-TestSandbox legacy
    $second = Get-KubeConnection
    Connect-KubeCluster -KubeConfig $one.KubeConfig
}
AfterAll { Stop-TestSandbox }

Describe 'Several clusters at once' {
    It 'lets one pipeline ask two, and what comes from one goes back to it' {
        New-KubeServiceAccount here -Connection $first
        New-KubeServiceAccount there -Connection $second
        $changed = $first, $second | ForEach-Object { Get-KubeServiceAccount *here -Connection $_ } |
            Set-KubeServiceAccount -Label @{ seen = 'yes' } -PassThru
        $changed.Name | Should -Be 'here', 'there'
        $changed.ForEach{ $_.Connection.Server } | Should -Be $first.Server, $second.Server
        (Get-KubeServiceAccount there -Connection $second).Labels['seen'] | Should -Be 'yes'
        { Get-KubeServiceAccount there -Connection $first -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceAccountNotFound,*'
    }

    It 'serves ForEach-Object -Parallel' {
        $names = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:module
            $cluster = $_ % 2 ? $using:first : $using:second
            (Get-KubeServiceAccount web -Namespace team-a -Connection $cluster).Connection.Server
        }
        $names | Group-Object -NoElement | ForEach-Object Count | Should -Be 4, 4
    }

    It 'serves Start-ThreadJob' {
        $jobs = $first, $second | ForEach-Object {
            $cluster = $_
            Start-ThreadJob {
                Import-Module $using:module
                "$((Get-KubeIdentity -Connection $using:cluster).UserName) at $(($using:cluster).Server)"
            }
        }
        $jobs | Receive-Job -Wait -AutoRemoveJob | Sort-Object |
            Should -Be (@("kubernetes-admin at $($first.Server)", "kubernetes-admin at $($second.Server)") | Sort-Object)
    }

    It 'leaves the current connection of a runspace alone' {
        $null = 1..2 | ForEach-Object -Parallel {
            Import-Module $using:module
            Connect-KubeCluster -KubeConfig ($using:two).KubeConfig
        }
        (Get-KubeConnection).Server | Should -Be $first.Server
    }
}
