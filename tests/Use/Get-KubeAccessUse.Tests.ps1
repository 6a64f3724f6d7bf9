BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $recorded = Join-Path $PSScriptRoot '..' 'KubeSa.Tests' 'Use' 'Recorded' '1.36'
}

Describe 'Get-KubeAccessUse' {
    It 'shows each right that was used, by whom, how often and by which binding' {
        $uses = Get-KubeAccessUse (Join-Path $recorded '28-*.jsonl') -ServiceAccount rec-audit/app -WarningAction SilentlyContinue
        $uses | Should -BeOfType KubeSa.AccessUse
        $watch = $uses | Where-Object Verb -EQ watch
        $watch.Right, $watch.Count, $watch.Allowed, $watch.Binding | Should -Be 'watch configmaps in rec-audit', 1, $true, 'RoleBinding rec-audit/all'
        $watch.Pods, $watch.Nodes, $watch.Namespace, $watch.ServiceAccount | Should -Be 'p', 'node-1', 'rec-audit', 'app'
        $uses.Account | Select-Object -Unique | Should -Be 'rec-audit/app'
    }

    It 'reads files, packed files, lines, whole texts and objects from the pipeline alike' {
        $file = Join-Path $recorded '28-46-level-request-response.jsonl'
        $expected = Get-KubeAccessUse $file | ForEach-Object ToString
        $expected.Count | Should -BeGreaterThan 3
        $packed = Join-Path $TestDrive 'audit.gz'
        $stream = [IO.Compression.GZipStream]::new([IO.File]::Create($packed), [IO.Compression.CompressionMode]::Compress)
        $bytes = [IO.File]::ReadAllBytes($file)
        $stream.Write($bytes, 0, $bytes.Length)
        $stream.Dispose()
        Get-Item $file | Get-KubeAccessUse | ForEach-Object ToString | Should -Be $expected
        Get-KubeAccessUse $packed | ForEach-Object ToString | Should -Be $expected
        Get-Content $file | Get-KubeAccessUse | ForEach-Object ToString | Should -Be $expected
        Get-Content $file -Raw | Get-KubeAccessUse | ForEach-Object ToString | Should -Be $expected
        Get-Content $file | ConvertFrom-Json | Get-KubeAccessUse | ForEach-Object ToString | Should -Be $expected
        $file | Get-KubeAccessUse | ForEach-Object ToString | Should -Be $expected
    }

    It 'shows users other than accounts when asked' {
        $log = Join-Path $recorded '28-32-impersonated.jsonl'
        (Get-KubeAccessUse $log).Account | Should -Be 'rec-audit/app'
        $impersonation = Get-KubeAccessUse $log -IncludeUsers | Where-Object UserName -EQ kubernetes-admin
        $impersonation.Right | Should -Be "impersonate serviceaccounts 'app' in rec-audit"
    }

    It 'tells what was refused' {
        $refused = Get-KubeAccessUse (Join-Path $recorded '28-1[789]*') -Namespace rec-* | Where-Object { -not $_.Allowed }
        $refused.Right | Should -Be "get secrets 'x' in absent", 'list nodes in the cluster', 'list secrets in rec-audit'
    }

    It 'takes only what came since then' {
        $log = Join-Path $recorded '28-0[12]*'
        (Get-KubeAccessUse $log -Since '2026-11-25T16:55:35.312Z').Verb | Should -Be 'get'
        Get-KubeAccessUse $log -Since 2100-01-01 | Should -BeNullOrEmpty
        { Get-KubeAccessUse $log -Since yesterday } | Should -Throw '*neither a time*'
    }

    It 'counts damaged lines and says so' {
        $uses = Get-KubeAccessUse (Join-Path $recorded '28-90*') -WarningVariable warnings -WarningAction SilentlyContinue
        $uses.Count | Should -Be 2
        $warnings | Should -Match '2 of its lines are damaged.*line 2; it ends in the middle of a line'
    }

    It 'refuses other formats by name and goes on with the next file' {
        $log = Join-Path $TestDrive 'gke.json'
        '{"protoPayload":{"@type":"type.googleapis.com/google.cloud.audit.AuditLog"}}' | Set-Content $log
        $uses = Get-KubeAccessUse $log, (Join-Path $recorded '28-02*') -ErrorVariable failures -ErrorAction SilentlyContinue
        $uses.Verb | Should -Be get
        $failures.FullyQualifiedErrorId | Should -Be 'InvalidAuditLog,KubeSa.Cmdlets.GetKubeAccessUseCommand'
        $failures[0].TargetObject | Should -Be $log
        "$failures" | Should -Match 'Google Cloud'
        { 'hello' | Get-KubeAccessUse -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidAuditLog,*'
        { Get-KubeAccessUse (Join-Path $TestDrive 'nope') -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
        { Get-KubeAccessUse $TestDrive -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
        { Get-KubeAccessUse -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'warns of an account that the log does not hold' {
        Get-KubeAccessUse (Join-Path $recorded '28-02*') -ServiceAccount typo -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings | Should -Match "no request of the service account typo"
    }

    It 'says what the log covers' {
        $coverage = Get-KubeAccessUse (Join-Path $recorded '28-0*') -As Coverage
        $coverage | Should -BeOfType KubeSa.AccessUseCoverage
        $coverage.Events, $coverage.Repeated, $coverage.Days, $coverage.Levels | Should -Be 10, 1, 1, 'Metadata'
    }

    It 'has a table by account' {
        Get-KubeAccessUse (Join-Path $recorded '28-02*') | Out-String | Should -Match "(?s)Account: rec-audit/app.*Right +Count +Days +Allowed +Binding.*get configmaps 'one' in rec-audit +1 +1 +True +RoleBinding rec-audit/all"
    }
}
