BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'The job: accounts older than 90 days, unused, that own a token Secret, to CSV' {
    BeforeAll {
        $file = Join-Path $TestDrive 'unused.csv'
        Get-KubeServiceAccount -AllNamespaces -IncludeTokens |
            Where-Object Age -GT 90.00:00:00 |
            Where-Object Tokens |
            Get-KubeServiceAccountUsage -Unused -WarningVariable warned 3> $null |
            Export-Csv $file
        $rows = @(Import-Csv $file)
    }

    It 'finds the one that nobody uses, and says why it is believed to be unused' {
        $rows | ForEach-Object { $_.Namespace, $_.ServiceAccount } | Should -Be 'team-b', 'unused'
        $rows.Why | Should -BeLike 'No pod and no workload runs as it.*'
    }

    It 'does not hide the one of which that is uncertain' {
        "$warned" | Should -BeLike '*tools/ci-robot*'
    }

    It 'tells the colleague who gets the file which cluster it is of' {
        $rows.ClusterServer | Should -Be (Get-KubeConnection).Server
        Get-Content $file -Raw | Should -Not -Match 'System\.|Dictionary|KubeSa\.'
    }

    It 'leads to the removal of what the file lists, and of nothing else' {
        $rows | Remove-KubeServiceAccount -Confirm:$false
        Get-KubeServiceAccount unuse[d] -Namespace team-b | Should -BeNullOrEmpty
        (Get-KubeServiceAccount ci-robot -Namespace tools).Name | Should -Be 'ci-robot'
    }
}
