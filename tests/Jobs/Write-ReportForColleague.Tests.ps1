BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $old = Start-TestSandbox -Scenario retired-key
    $report = Test-KubeInClusterAccess -MountPath $old.MountPath -AllNamespaces -AdminConnection (Get-KubeConnection)
    $token = Get-Content (Join-Path $old.MountPath token) -Raw
}
AfterAll { Stop-TestSandbox }

Describe 'The job: one report for a colleague' {
    It 'as text, for a ticket: what is wrong and what to do, without names and addresses' {
        $ticket = $report.ToTicket()
        $ticket | Should -BeLike '*SignatureKeyUnknown*'
        foreach ($name in $old.Url, $old.MountPath, 'default-token-4x7kz') { $ticket | Should -Not -Match ([regex]::Escape($name)) }
    }

    It 'as <Name>, as it stands' -ForEach @(
        @{ Name = 'JSON'; Write = { $report | ConvertTo-Json -Depth 5 } }
        @{ Name = 'CSV'; Write = { $report.Checks | ConvertTo-Csv } }
        @{ Name = 'HTML'; Write = { $report.Checks | ConvertTo-Html } }
        @{ Name = 'evidence'; Write = { Test-KubeInClusterAccess -MountPath $old.MountPath -AllNamespaces -AsEvidence } }
    ) {
        $text = & $Write | Out-String
        $text | Should -Not -BeNullOrEmpty
        $text | Should -Not -MatchExactly 'System\.\w+\[\]|Dictionary`|KubeSa\.[A-Z]'
        $text | Should -Not -Match ([regex]::Escape($token.Split('.')[2]))
    }

    It 'whose evidence gives the colleague the same verdict, without the cluster' {
        $evidence = Test-KubeInClusterAccess -MountPath $old.MountPath -AllNamespaces -AsEvidence
        Stop-TestSandbox
        ($evidence | Test-KubeInClusterAccess).Cause | Should -Be 'TokenRejected'
    }
}
