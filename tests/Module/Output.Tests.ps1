BeforeDiscovery {
    $outputs = @(
        @{ Name = 'ServiceAccount'; Make = { Get-KubeServiceAccount reader -Namespace team-a -IncludeTokens } }
        @{ Name = 'Namespace'; Make = { Get-KubeNamespace team-a } }
        @{ Name = 'ServiceAccountUsage'; Make = { Get-KubeServiceAccountUsage pod-watcher -Namespace team-a } }
        @{ Name = 'ServiceAccountToken'; Make = { New-KubeServiceAccountToken default } }
        @{ Name = 'TokenInfo'; Make = { New-KubeServiceAccountToken default | ConvertFrom-KubeServiceAccountToken } }
        @{ Name = 'TokenTestResult'; Make = { New-KubeServiceAccountToken default | Test-KubeServiceAccountToken } }
        @{ Name = 'TokenSecret'; Make = { Get-KubeSaTokenSecret output-token } }
        @{ Name = 'Workload'; Make = { Set-KubeWorkloadServiceAccount pod-watcher -Namespace team-a -ServiceAccount pod-watcher } }
        @{ Name = 'Connection'; Make = { Get-KubeConnection } }
        @{ Name = 'Context'; Make = { Get-KubeContext -KubeConfig $sandbox.KubeConfig } }
        @{ Name = 'Identity'; Make = { Get-KubeIdentity } }
        @{ Name = 'PodIdentity'; Make = { Get-KubePodIdentity -MountPath $sandbox.MountPath } }
        @{ Name = 'AccessDecision'; Make = { Test-KubeAccess list pods -ServiceAccount team-a/reader } }
        @{ Name = 'AccessRule'; Make = { Get-KubeAccessRule reader -Namespace team-a } }
        @{ Name = 'AccessGrant'; Make = { Find-KubeAccess get secrets -Namespace team-a } }
        @{ Name = 'EscalationPath'; Make = { Find-KubeEscalationPath } }
        @{ Name = 'EscalationStep'; Make = { (Find-KubeEscalationPath).Steps } }
        @{ Name = 'RoleBinding'; Make = { Grant-KubeServiceAccountRole output -ClusterRole view } }
        @{ Name = 'AccessReport'; Make = { Test-KubeInClusterAccess -MountPath $sandbox.MountPath } }
        @{ Name = 'AccessCheck'; Make = { (Test-KubeInClusterAccess -MountPath $sandbox.MountPath).Checks } }
        @{ Name = 'Sandbox'; Make = { $sandbox } }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    New-KubeServiceAccount output | New-KubeSaTokenSecret -Name output-token | Out-Null
}
AfterAll { Stop-TestSandbox }

Describe 'Output' {
    It 'of type <Name> is fit to be sent as JSON, CSV and HTML' -ForEach $outputs {
        $made = @(& $Make)
        $made[0] | Should -BeOfType "KubeSa.$Name"
        $json = $made | ConvertTo-Json -Depth 5
        $json | Should -Not -Match '"Ticks"|"Handle"|"RawData"|"Connection"'
        $csv = $made | ConvertTo-Csv | Out-String
        $html = $made | ConvertTo-Html | Out-String
        foreach ($text in $csv, $html) { $text | Should -Not -Match '\[\]|Dictionary|KubeSa\.[A-Z]|X509Certificate2' }

        # Enums by their names, in both alike.
        $row = $csv | ConvertFrom-Csv | Select-Object -First 1
        $object = $json | ConvertFrom-Json -DateKind String | Select-Object -First 1
        foreach ($enum in $made[0].psobject.Properties | Where-Object { $_.Value -is [enum] }) {
            $object.($enum.Name) | Should -Be "$($enum.Value)"
            $row.($enum.Name) | Should -Be "$($enum.Value)"
        }

        # Times with an offset, spans as one value.
        foreach ($time in $made[0].psobject.Properties | Where-Object { $_.Value -is [datetime] -and $_.Value.Kind -ne 'Unspecified' }) {
            $object.($time.Name), $row.($time.Name) | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$'
        }
        foreach ($span in $made[0].psobject.Properties | Where-Object { $_.Value -is [timespan] }) {
            [timespan] $object.($span.Name) | Should -BeOfType timespan
            [timespan] $row.($span.Name) | Should -BeOfType timespan
        }
    }

    It 'of type <Name> has whole headers in the terminals that people have' -ForEach $outputs {
        foreach ($width in 80, 140) {
            $lines = (& $Make | Select-Object -First 3 | Out-String -Width $width) -replace '\x1b\[[0-9;]*m' -split '\r?\n'
            $rule = [array]::FindIndex([string[]] $lines, [Predicate[string]] { param($line) $line -match '^ *-+ [- ]+$' })

            # A header that is broken in two takes a second line.
            if ($rule -gt 1) { $lines[$rule - 2].Trim() | Should -Match '^(Account: .*)?$' -Because "at $width columns: $($lines[$rule - 1])" }
        }
    }

    It 'of type <Name> is no wider than its terminal' -ForEach $outputs {
        foreach ($width in 40, 80, 140) {
            foreach ($line in (& $Make | Select-Object -First 3 | Out-String -Width $width) -replace '\x1b\[[0-9;]*m' -split '\r?\n') {
                $line.Length | Should -BeLessOrEqual $width
            }
        }
    }

    It 'shows roles, bindings, verbs and servers whole in a terminal of 80 columns' {
        $rules = (Get-KubeAccessRule reader -Namespace team-a | Out-String -Width 80)
        $rules | Should -Match 'get,list,watch +pod-reader +pod-reader-reader'
        (Find-KubeAccess list pods -Namespace team-a | Where-Object ServiceAccount -EQ reader | Out-String -Width 80) | Should -Match 'team-a/reader +pod-reader +pod-reader-reader'
        (Get-KubeContext -KubeConfig $sandbox.KubeConfig | Out-String -Width 80) | Should -Match ([regex]::Escape($sandbox.Url))
    }

    It 'is filtered by the columns that are seen' {
        @(Get-KubeServiceAccount -AllNamespaces | Where-Object Secrets -GT 0).Count | Should -Be @(Get-KubeServiceAccount -AllNamespaces | Where-Object SecretCount -GT 0).Count
        (Get-KubeSaTokenSecret | Where-Object KeyId -EQ (Get-KubeSaTokenSecret output-token).Info.KeyId).Name | Should -Contain 'output-token'
        (Get-KubeContext -KubeConfig $sandbox.KubeConfig | Where-Object Current -EQ '*').Name | Should -Be 'admin'
        (Find-KubeAccess get secrets -Namespace team-a | Where-Object Who -EQ 'team-a/deployer').Kind | Should -Contain 'ServiceAccount'
        (Get-KubeServiceAccountUsage -AllNamespaces | Where-Object Expires -EQ '60m').Count | Should -BeGreaterThan 0
        (Test-KubeAccess list pods -ServiceAccount team-a/reader | Where-Object User -EQ 'team-a/reader').What | Should -Be 'pods'
    }

    It 'of two types in one pipeline stays readable' {
        $text = & { Get-KubeServiceAccount default; Get-KubeSaTokenSecret output-token; New-KubeServiceAccountToken default } | Out-String -Width 120
        $text | Should -Not -Match 'X509Certificate|KubeSa\.TokenInfo|ResourceVersion'
        $text | Should -Match 'output-token'
    }

    It 'keeps its types: a time is a DateTime, an age a TimeSpan, a list an array, certificates are certificates' {
        $secret = Get-KubeSaTokenSecret output-token
        $secret.Age -is [timespan] | Should -BeTrue
        $secret.CreationTimestamp -is [datetime] | Should -BeTrue
        '{0:yyyy}' -f $secret.CreationTimestamp | Should -Be $secret.CreationTimestamp.Year
        , $secret.CaCertificates | Should -BeOfType System.Security.Cryptography.X509Certificates.X509Certificate2[]
        (Get-KubeServiceAccount default).Groups -is [string[]] | Should -BeTrue
    }
}
