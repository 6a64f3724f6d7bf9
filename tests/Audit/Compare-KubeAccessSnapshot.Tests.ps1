BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    $before = (Export-KubeAccessSnapshot (Join-Path $TestDrive 'before.json.gz')).FullName
}
AfterAll { Stop-TestSandbox }

Describe 'Compare-KubeAccessSnapshot' {
    It 'finds nothing where nothing was changed' {
        Compare-KubeAccessSnapshot $before | Should -BeNullOrEmpty
    }

    It 'says who gained what and by which object, and who lost it' {
        Grant-KubeServiceAccountRole reader -Namespace team-a -ClusterRole cluster-admin -ClusterWide -BindingName too-much -Force | Out-Null
        try {
            $after = (Export-KubeAccessSnapshot (Join-Path $TestDrive 'after.json')).FullName
            $changes = Compare-KubeAccessSnapshot $before $after
            $right = $changes | Where-Object Kind -EQ Right
            $right | Should -BeOfType KubeSa.AccessChange
            $right[0].Subject, $right[0].Change, $right[0].Severity, $right[0].Binding | Should -Be 'ServiceAccount team-a/reader', 'Gained', 'Critical', 'ClusterRoleBinding too-much'
            $right[0].Reason | Should -BeLike '*created*'
            ($changes | Where-Object Kind -EQ Path).ServiceAccount | Should -Contain 'reader'
            $changes | Where-Object { $_.Kind -eq 'Finding' -and $_.Change -eq 'Gained' } | Should -Not -BeNullOrEmpty
            $changes | Where-Object Severity -GE High | Should -Not -BeNullOrEmpty
            $lost = Compare-KubeAccessSnapshot $after $before
            ($lost | Where-Object Kind -EQ Right).Change | Should -Contain 'Lost'
            $lost | Where-Object { $_.Kind -ne 'Finding' -and $_.Severity -ne 'Info' } | Should -BeNullOrEmpty
            Get-Item $after | Compare-KubeAccessSnapshot $before | ForEach-Object ToString | Should -Be ($changes | ForEach-Object ToString)
        }
        finally { Revoke-KubeServiceAccountRole reader -Namespace team-a -ClusterRole cluster-admin -ClusterWide -Confirm:$false | Out-Null }
    }

    It 'says what is no snapshot' {
        Set-Content (Join-Path $TestDrive 'bad.json') 'no'
        { Compare-KubeAccessSnapshot (Join-Path $TestDrive 'bad.json') -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidSnapshot,*'
        { Compare-KubeAccessSnapshot (Join-Path $TestDrive 'none.json') -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
    }
}
