BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    $findings = Invoke-KubeServiceAccountAudit
}
AfterAll { Stop-TestSandbox }

Describe 'Export-KubeServiceAccountAuditReport' {
    It 'writes <_>, for its owner alone' -ForEach 'html', 'sarif', 'json', 'csv' {
        $file = $findings | Export-KubeServiceAccountAuditReport "TestDrive:/audit.$_"
        $file | Should -BeOfType System.IO.FileInfo
        $file.Length | Should -BeGreaterThan 100
        if (-not $IsWindows) { $file.UnixMode | Should -Be '-rw-------' }
        Get-Content $file.FullName -Raw | Should -Match ([regex]::Escape($findings[0].RuleId))
    }

    It 'writes what programs can read' {
        $json = $findings | Export-KubeServiceAccountAuditReport TestDrive:/a.json -Force | Get-Content -Raw | ConvertFrom-Json
        $json.findings.Count | Should -Be $findings.Count
        $json.findings[0].Severity | Should -Be "$($findings[0].Severity)"
        $rows = $findings | Export-KubeServiceAccountAuditReport TestDrive:/a.csv -Force | Import-Csv
        $rows.Count | Should -Be $findings.Count
        $log = $findings | Export-KubeServiceAccountAuditReport TestDrive:/a.sarif -Force | Get-Content -Raw | ConvertFrom-Json
        $log.runs[0].results.Count | Should -Be $findings.Count
    }

    It 'replaces no file without -Force' {
        $path = Join-Path $TestDrive kept.json
        Set-Content $path kept
        $findings | Export-KubeServiceAccountAuditReport $path -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FileAlreadyExists,*'
        Get-Content $path | Should -Be kept
    }

    It 'writes nothing with -WhatIf' {
        $findings | Export-KubeServiceAccountAuditReport TestDrive:/none.json -WhatIf | Should -BeNullOrEmpty
        Test-Path TestDrive:/none.json | Should -BeFalse
    }

    It 'says which extensions there are' {
        $findings | Export-KubeServiceAccountAuditReport TestDrive:/audit.pdf -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$($failures[0])" | Should -Match '\.html.*\.sarif.*\.json.*\.csv'
    }

    It 'takes findings and paths alone' {
        'text' | Export-KubeServiceAccountAuditReport TestDrive:/x.json -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }
}
