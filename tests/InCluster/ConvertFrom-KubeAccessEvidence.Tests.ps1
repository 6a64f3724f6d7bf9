BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox retired-key
    $evidence = Test-KubeInClusterAccess -MountPath $sandbox.MountPath -AsEvidence | Out-String
    foreach ($name in 'one', 'two', 'odd[1]') { [IO.File]::WriteAllText((Join-Path $TestDrive "$name.json"), $evidence) }
    "pulling`n-----BEGIN KUBESA EVIDENCE-----`n$evidence`n-----END KUBESA EVIDENCE-----`nbye" | Set-Content (Join-Path $TestDrive pod.log)
}
AfterAll { Stop-TestSandbox }

Describe 'ConvertFrom-KubeAccessEvidence' {
    It 'judges text, lines and a log alike' {
        foreach ($report in (ConvertFrom-KubeAccessEvidence $evidence), ($evidence | ConvertFrom-KubeAccessEvidence), ($evidence -split '\r?\n' | ConvertFrom-KubeAccessEvidence),
            (Get-Content $TestDrive/pod.log | ConvertFrom-KubeAccessEvidence)) {
            $report | Should -BeOfType KubeSa.AccessReport
            $report.Success, $report.Cause | Should -Be $false, 'TokenRejected'
        }
    }

    It 'reads files by -Path with wildcards, by -LiteralPath without, and from Get-ChildItem' {
        @(ConvertFrom-KubeAccessEvidence -Path $TestDrive/one.json, $TestDrive/t*.json).Count | Should -Be 2
        @(ConvertFrom-KubeAccessEvidence -LiteralPath "$TestDrive/odd[1].json").Count | Should -Be 1
        @(Get-ChildItem $TestDrive -Filter *.json | ConvertFrom-KubeAccessEvidence).Count | Should -Be 3
        Push-Location $TestDrive
        try { (ConvertFrom-KubeAccessEvidence one.json).Cause | Should -Be 'TokenRejected' } finally { Pop-Location }
    }

    It 'finds the exact cause with an administrator, and says what Test-KubeInClusterAccess says' {
        $report = ConvertFrom-KubeAccessEvidence $evidence -AdminConnection (Get-KubeConnection)
        $report.Cause | Should -Be 'SignatureKeyUnknown'
        $same = Test-KubeInClusterAccess -Evidence $evidence -AdminConnection (Get-KubeConnection)
        $same.Summary, "$($same.Checks.Status)", "$($same.Checks.Detail)" | Should -Be $report.Summary, "$($report.Checks.Status)", "$($report.Checks.Detail)"
    }

    It 'refuses what is not evidence, and goes on with the next file' {
        { ConvertFrom-KubeAccessEvidence '{"a":1}' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidEvidence,*'
        { ConvertFrom-KubeAccessEvidence -Path $TestDrive/missing.json -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
        'no evidence' | Set-Content (Join-Path $TestDrive a-first.txt)
        $found = ConvertFrom-KubeAccessEvidence -Path $TestDrive/a-first.txt, $TestDrive/one.json -ErrorAction SilentlyContinue -ErrorVariable failures
        @($found).Count, $failures.Count | Should -Be 1, 1
    }
}
