# The module in sessions that differ from the usual one: another culture and time zone, Constrained Language Mode, several runspaces.
BeforeDiscovery {
    # Without ICU .NET knows no culture but the invariant one.
    $knowsCultures = try { [cultureinfo]::GetCultureInfo('ar-SA', $true).DateTimeFormat.Calendar -isnot [Globalization.GregorianCalendar] } catch { $false }
    if (-not $knowsCultures) { Write-Warning 'This machine has no ICU: nothing is tried in other cultures.' }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    $path = Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1' -Resolve

    # One of each type that tells a time.
    $outputs = @'
$PSStyle.OutputRendering = 'PlainText'
Import-Module $env:KUBESA_MODULE
$null = Connect-KubeCluster -KubeConfig $env:KUBESA_KUBECONFIG
$token = New-KubeServiceAccountToken web -Namespace team-a
$outputs = @(
    Get-KubeServiceAccount web -Namespace team-a -IncludeEvents
    Get-KubeSaTokenSecret session-token -Namespace team-a
    $token
    $token | ConvertFrom-KubeServiceAccountToken
    $token | Test-KubeServiceAccountToken
    Test-KubeInClusterAccess -MountPath $env:KUBESA_MOUNT
    Get-KubePodIdentity -MountPath $env:KUBESA_MOUNT
    Get-KubeServiceAccountUsage web -Namespace team-a
    Get-KubeNamespace team-a
    Get-KubeRole pod-reader -Namespace team-a
    Get-KubeRoleBinding -Namespace team-a
    Get-KubeAccessRule reader -Namespace team-a
    Find-KubeAccess list pods -Namespace team-a
    Test-KubeAccess list pods -ServiceAccount reader -Namespace team-a
    Get-KubeIdentity
    Get-KubeConnection
    Get-KubeContext -KubeConfig $env:KUBESA_KUBECONFIG
)
'@
    function Invoke-Child([string] $Script, [hashtable] $Environment) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
        Set-Content $file "$outputs`n$Script"
        $before = @{}
        $Environment.KUBESA_MODULE ??= $path
        $Environment += @{ KUBESA_KUBECONFIG = $sandbox.KubeConfig; KUBESA_MOUNT = $sandbox.MountPath }
        try {
            foreach ($name in $Environment.Keys) {
                $before[$name] = [Environment]::GetEnvironmentVariable($name)
                [Environment]::SetEnvironmentVariable($name, $Environment[$name])
            }
            pwsh -NoProfile -NonInteractive -File $file 2>&1 | ForEach-Object ToString
        }
        finally { foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) } }
    }
    $null = New-KubeSaTokenSecret web session-token -Namespace team-a
}
AfterAll { Stop-TestSandbox }

Describe 'A session in <Culture>, in the time zone of New York' -Skip:(-not $knowsCultures) -ForEach @(
    @{ Culture = 'ar_SA' }, @{ Culture = 'de_DE' }, @{ Culture = 'tr_TR' }
) {
    BeforeAll {
        $shown = Invoke-Child @'
"culture: $([cultureinfo]::CurrentCulture.Name)"
foreach ($made in $outputs) { $made | Format-List | Out-String -Width 300; $made | Format-Table | Out-String -Width 300; "$made" }
$outputs | ForEach-Object { $_ | ConvertTo-Csv | Select-Object -Last 1 }
(Test-KubeInClusterAccess -MountPath $env:KUBESA_MOUNT).ToTicket()
"found: $((Get-KubeServiceAccount *BUILDER* -Namespace team-a).Name)"
'@ @{ LC_ALL = "$Culture.UTF-8"; TZ = 'America/New_York' }
    }

    It 'is one' { $shown[0] | Should -Be "culture: $($Culture.Replace('_', '-'))" }

    It 'shows every time as ISO 8601, in UTC with a Z or with an offset' {
        $text = $shown -join "`n" -replace '[\u200e\u200f]'
        [regex]::Matches($text, '\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)').Count | Should -BeGreaterThan 20
        $text | Should -Not -Match '\b20\d\d-\d\d-\d\d[T ](?!\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))'

        # As these cultures write a date by themselves.
        $text | Should -Not -Match '\b\d{1,2}[./]\d{1,2}[./](14|20)\d\d\b|\b14\d\d[-/]\d'
        $shown -join "`n" | Should -Match '-05:00|-04:00'
    }

    It 'shows no digits but those of the log' { $shown -join "`n" | Should -Not -Match '[\u0660-\u0669\u06F0-\u06F9]' }

    It 'finds names whatever their case' { $shown | Should -Contain 'found: builder' }
}

Describe 'A session in Constrained Language Mode' {
    It 'shows what every other one shows' {
        $shown = Invoke-Child @'
$before = foreach ($made in $outputs) { ($made | Out-String -Width 200), ($made | Format-List | Out-String -Width 200), "$made" }
$report = $outputs | Where-Object Cause -NE $null | Select-Object -Last 1
$before += $report | Format-Custom | Out-String
$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
$after = foreach ($made in $outputs) { ($made | Out-String -Width 200), ($made | Format-List | Out-String -Width 200), "$made" }
$after += $report | Format-Custom | Out-String
"mode: $($ExecutionContext.SessionState.LanguageMode), $($before.Count -gt 40)"
Compare-Object ($before -split '\r?\n' -replace '\d+ ?(s|min|m)\b|(\d+\.)?\d\d:\d\d:\d\d') ($after -split '\r?\n' -replace '\d+ ?(s|min|m)\b|(\d+\.)?\d\d:\d\d:\d\d') | Format-Table -AutoSize | Out-String -Width 250
"errors: $($Error.Count) $Error"
'@ @{}
        $shown | Where-Object { $_.Trim() } | Should -Be 'mode: ConstrainedLanguage, True', 'errors: 0 '
    }

    It 'runs what users need, without a method' {
        $shown = Invoke-Child @'
$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
(Test-KubeInClusterAccess -MountPath $env:KUBESA_MOUNT -AsTicket) -like '*None: *'
(New-KubeServiceAccount constrained -Namespace team-a | Grant-KubeServiceAccountRole -Role pod-reader).Role
Get-KubeServiceAccountUsage -AllNamespaces | Where-Object Automount -EQ $true | Select-Object -First 1 | ForEach-Object { $_.Automount }
'@ @{}
        $shown | Should -Be 'True', 'pod-reader', 'True'
    }
}

Describe 'Several runspaces' {
    It 'work as about_KubeSa says: <_>' -ForEach 'ForEach-Object -Parallel', 'Start-ThreadJob' {
        # The lines as help prints them.
        $help = (Get-Help about_KubeSa | Out-String) -split '\r?\n'
        $start = [array]::FindIndex([string[]] $help, [Predicate[string]] { $args[0] -match 'cluster = Get-KubeConnection' })
        $start | Should -BeGreaterThan 0
        $lines = foreach ($line in $help[$start..($help.Count - 1)]) { if ($line -match '^ {8}|^\s*$') { $line } else { break } }
        $lines -join "`n" | Should -Match ([regex]::Escape($_))

        # Installed, for a new runspace loads the module by itself; here by a link of its name.
        $modules = New-Item -ItemType Directory (Join-Path $TestDrive 'modules') -Force
        if (-not (Test-Path "$modules/KubeSa")) { $null = New-Item -ItemType SymbolicLink -Path $modules -Name KubeSa -Target (Split-Path $path) }
        $found = Invoke-Child "& {`n$($lines -join "`n")`n} | ForEach-Object { `"`$(`$_.GetType().Name) `$(`$_.Namespace)`" }" @{
            PSModulePath = "$modules$([IO.Path]::PathSeparator)$env:PSModulePath"; KUBESA_MODULE = 'KubeSa'
        }
        $found | Should -Contain 'ServiceAccount team-a'
        $found | Should -Contain 'ServiceAccount team-b'
        $found | Should -Contain 'ServiceAccountUsage team-a'
    }
}
