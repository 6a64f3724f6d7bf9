BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $recorded = Join-Path $PSScriptRoot '..' 'KubeSa.Tests' 'Use' 'Recorded' '1.36'
    $files = Get-ChildItem $recorded -Filter 28-2*.jsonl
    $whole = $files | Get-KubeAccessUse | ForEach-Object ToString
}

Describe 'Merge-KubeAccessUse' {
    It 'gives what reading everything at once gives, in any order' {
        $parts = $files | ForEach-Object { Get-KubeAccessUse $_ -As Aggregate }
        $parts | Merge-KubeAccessUse | ForEach-Object ToString | Should -Be $whole
        [array]::Reverse($parts)
        $parts | Merge-KubeAccessUse | ForEach-Object ToString | Should -Be $whole
        ($parts | Merge-KubeAccessUse)[0] | Should -BeOfType KubeSa.AccessUse
    }

    It 'merges what was read in parallel, and in steps' {
        $manifest = Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1'
        $parts = $files.FullName | ForEach-Object -ThrottleLimit 2 -Parallel { Import-Module $using:manifest; Get-KubeAccessUse $_ -As Aggregate }
        $steps = @($parts | Select-Object -First 4 | Merge-KubeAccessUse -As Aggregate) + @($parts | Select-Object -Skip 4)
        $steps | Merge-KubeAccessUse | ForEach-Object ToString | Should -Be $whole
    }

    It 'reads saved files' {
        $files | ForEach-Object { Get-KubeAccessUse $_ -As Aggregate | Set-Content (Join-Path $TestDrive "$($_.BaseName).json") }
        Merge-KubeAccessUse (Join-Path $TestDrive '*.json') | ForEach-Object ToString | Should -Be $whole
        Get-ChildItem $TestDrive -Filter *.json | Merge-KubeAccessUse | ForEach-Object ToString | Should -Be $whole
        (Merge-KubeAccessUse (Join-Path $TestDrive '*.json') -As Coverage).Files | Should -Be $files.Count
    }

    It 'refuses what is no aggregate and goes on' {
        $one = Get-KubeAccessUse $files[0] -As Aggregate
        $uses = '{}', $one, 7 | Merge-KubeAccessUse -ErrorVariable failures -ErrorAction SilentlyContinue
        $uses | Should -Not -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -Be (@('InvalidAuditLog,KubeSa.Cmdlets.MergeKubeAccessUseCommand') * 2)
        { Merge-KubeAccessUse -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }
}
