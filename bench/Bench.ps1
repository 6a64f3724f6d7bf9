#Requires -Version 7.4
<#
.SYNOPSIS
Holds the module against what one would otherwise pick, kubectl, and against the least that the work can cost: a bare
HttpClient on the same runtime, compiled ahead of time (bench/Floor), which reads what we read and throws it away.

.DESCRIPTION
All on one sandbox and in turns. Prints a markdown table of medians with the quarters around them and keeps every single figure
in bench/results/<date>.json. A cold start is a new pwsh, the one that runs this, which imports the module and does one thing, less
a new pwsh that does nothing. Every way of doing a task must show that it did it; a command that fails ends the bench.
#>
param(
    # The module to measure, as users install it; ./build.ps1 -Task Bench makes it first.
    [string] $Manifest = (Join-Path $PSScriptRoot '..' 'KubeSa.psd1'),

    # The same, built with all of it compiled ahead for this machine alone: a row of its own for cold starts.
    [string] $Build = '',

    # How often a cold start is measured; one more, not counted, comes first.
    [int] $Rounds = 15,

    # How many service accounts the long list has, and the very long one that is streamed.
    [int] $Accounts = 10000,
    [int] $Streamed = 100000
)
$ErrorActionPreference = 'Stop'
$Manifest = Resolve-Path $Manifest
$env:POWERSHELL_TELEMETRY_OPTOUT = 1
$env:POWERSHELL_UPDATECHECK = 'Off'
Import-Module (Join-Path $PSScriptRoot 'Measurement.psm1') -Force
if (-not (Get-Command kubectl -CommandType Application -ErrorAction Ignore)) { throw 'The bench needs kubectl.' }

$folder = New-Item (Join-Path ([IO.Path]::GetTempPath()) "kubesa-bench-$PID") -ItemType Directory
if (-not $IsWindows) { [IO.File]::SetUnixFileMode($folder.FullName, 'UserRead, UserWrite, UserExecute') }
dotnet publish (Join-Path $PSScriptRoot 'Floor') -c Release -v q --nologo -o (Join-Path $folder 'floor') | Out-Host
if ($LASTEXITCODE -ne 0) { throw 'The floor was not built.' }

$module = Import-Module $Manifest -PassThru
$pwsh = Find-PowerShell
try {
    $start = Measure-Turns 'The sandbox starts' 3 'https://' ([ordered]@{
        package = { $one = Start-KubeSandbox; $one.Url; Stop-KubeSandbox -ProcessId $one.ProcessId }
    })
    $sandbox = Start-KubeSandbox -Connect
    $env:KUBECONFIG = $sandbox.KubeConfig
    $text = Get-Content $sandbox.KubeConfig -Raw
    foreach ($part in 'certificate', 'key') {
        $data = [regex]::Match($text, "(?<=client-$part-data: )\S+").Value
        [IO.File]::WriteAllBytes((Join-Path $folder "$part.pem"), [Convert]::FromBase64String($data))
    }
    $mine = $sandbox.CertificateAuthority, "$folder/certificate.pem", "$folder/key.pem"
    $accountsUrl = "$($sandbox.Url)/api/v1/namespaces/default/serviceaccounts"
    # What the floor took by itself and the answer it had.
    function floor([string] $what) {
        $figures, $answer = dotnet (Join-Path $folder 'floor' 'KubeSa.Floor.dll') @args
        if ($LASTEXITCODE -ne 0) { throw "The floor ended with exit code $LASTEXITCODE." }
        [pscustomobject]@{ Milliseconds = [double]($figures | ConvertFrom-Json).$what; Output = "$answer" }
    }
    # A cold start of the package, of the build if there is one, and of nothing at all.
    function cold([string] $command, [Collections.Specialized.OrderedDictionary] $Others = [ordered]@{}) {
        # Closures take along what is of this function alone.
        $own, $installed, $built = $pwsh, "Import-Module '$Manifest'; $command", "Import-Module '$Build'; $command"
        $ways = [ordered]@{
            bare    = { Invoke-PowerShell $own "'nothing'" }.GetNewClosure()
            package = { Invoke-PowerShell $own $installed }.GetNewClosure()
        }
        if ($Build) { $ways['build'] = { Invoke-PowerShell $own $built }.GetNewClosure() }
        foreach ($name in $Others.Keys) { $ways[$name] = $Others[$name] }
        $ways
    }
    function rows([string] $work, [Collections.Specialized.OrderedDictionary] $times, [string] $wanted, [scriptblock] $reached) {
        New-Row $work $times $wanted $reached
        if ($times.Contains('build')) { New-Row $work $times $wanted $reached -Ours build }
    }

    $rows = @(
        rows 'cold: import alone' (Measure-Turns 'import' $Rounds 'KubeSa' (cold '(Get-Module KubeSa).Name')) 'at most 50 ms' { $args[0].ours -le 50 }
        rows 'cold: one account' (Measure-Turns 'one account, cold' $Rounds '\bdefault\b' (cold 'Get-KubeServiceAccount default' ([ordered]@{
            kubectl = { kubectl get serviceaccount default -o json }
            floor   = { floor cold "$accountsUrl/default" @mine }
        }))) 'at most 1.3 x the floor' { $args[0].floorRatio -le 1.3 }
        rows 'cold: the check from a mount' (Measure-Turns 'the check, cold' $Rounds 'default' (cold "`$env:KUBECONFIG = ''; Test-KubeInClusterAccess -MountPath '$($sandbox.MountPath)'" ([ordered]@{
            floor = { floor cold "$($sandbox.Url)/api/v1/pods?limit=1" $mine[0] "$($sandbox.MountPath)/token" '-' }
        }))) 'at most 1.3 x the floor' { $args[0].floorRatio -le 1.3 }

        # A session's calls settle once the runtime has compiled them for good.
        1..300 | ForEach-Object { $null = Get-KubeServiceAccount default; $null = Get-KubeIdentity }
        1..100 | ForEach-Object { $null = New-KubeServiceAccountToken default }
        $median = {
            param($call, $times = 200)
            $took = foreach ($i in 1..$times) { $w = [Diagnostics.Stopwatch]::StartNew(); $answer = & $call; $w.Elapsed.TotalMilliseconds }
            [pscustomobject]@{ Milliseconds = Get-Median $took; Output = "$($answer | Out-String)" }
        }
        New-Row 'warm: one account' (Measure-Turns 'one account, warm' 7 '\bdefault\b' ([ordered]@{
            package = { & $median { Get-KubeServiceAccount default } }
            kubectl = { (kubectl get serviceaccount default -o json | ConvertFrom-Json).metadata.name }
            floor   = { floor warm "$accountsUrl/default" @mine 500 }
        })) 'kubectl 20 x, floor 1.4 x' { $args[0].kubectlRatio -ge 20 -and $args[0].floorRatio -le 1.4 }
        New-Row 'warm: who am I' (Measure-Turns 'who am I, warm' 7 'kubernetes-admin' ([ordered]@{
            package = { & $median { Get-KubeIdentity } }
            kubectl = { (kubectl auth whoami -o json | ConvertFrom-Json).status.userInfo.username }
            floor   = { floor warm "$($sandbox.Url)/apis/authentication.k8s.io/v1/selfsubjectreviews" @mine 500 '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}' }
        })) 'kubectl 20 x, floor 1.4 x' { $args[0].kubectlRatio -ge 20 -and $args[0].floorRatio -le 1.4 }
        New-Row 'warm: a token' (Measure-Turns 'a token, warm' 7 'ServiceAccountToken|default|eyJ' ([ordered]@{
            package = { & $median { New-KubeServiceAccountToken default } 100 }
            kubectl = { kubectl create token default }
            floor   = { floor warm "$accountsUrl/default/token" @mine 300 '{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"audiences":[]}}' }
        })) 'kubectl 20 x, floor 2 x' { $args[0].kubectlRatio -ge 20 -and $args[0].floorRatio -le 2 }

        $made = 1
        foreach ($size in [int]($Accounts / 10), [int]($Accounts * 3 / 10), $Accounts) {
            Write-Host "Making service accounts, up to $size ..."
            ($made + 1)..$size | ForEach-Object { "account-$_" } | New-KubeServiceAccount | Out-Null
            $made = $size
            $pages = [Math]::Ceiling($size / 500)
            $server = Get-Process -Id $sandbox.ProcessId
            $ways = [ordered]@{
                package = { $all = Get-KubeServiceAccount; "$($all.Count) accounts" }
                floor   = { floor warm $accountsUrl @mine 5 pages }
            }
            if ($size -eq $Accounts) { $ways['kubectl'] = { "$((kubectl get serviceaccounts -o json | ConvertFrom-Json).items.Count) accounts" } }
            New-Row "a list of $($size.ToString('N0')), as objects" (Measure-Turns 'a long list' 7 "^($size accounts|$pages pages, \d+ bytes)$" $ways) 'floor 1.2 x' { $args[0].floorRatio -le 1.2 }
            # What of it is the server's own work: its processor time while the floor reads the list six times.
            $server.Refresh()
            $before = $server.TotalProcessorTime
            $null = floor warm $accountsUrl @mine 5 pages
            $server.Refresh()
            $alone = ($server.TotalProcessorTime - $before).TotalMilliseconds / 6
            [pscustomobject]@{ work = "... the server alone, processor time"; who = 'sandbox'; ours = $alone; spread = $null; unit = ' ms'; kubectl = $null; floor = $null; kubectlRatio = $null; floorRatio = $null; wanted = ''; reached = $true }
        }
        New-Row 'its first object' (Measure-Turns 'the first of a long list' 9 'account|default' ([ordered]@{
            package = { (Get-KubeServiceAccount | Select-Object -First 1).Name }
            floor   = { floor warm "${accountsUrl}?limit=500" @mine 9 }
        })) 'at most 3 x a page' { $args[0].floorRatio -le 3 }

        $token = New-KubeServiceAccountToken default -AsPlainText
        $encode = { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($args[0])) }
        $template = '{{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/service-account-token","metadata":{{"name":"secret-{0}","namespace":"default","annotations":{{"kubernetes.io/service-account.name":"default"}}}},"data":{{"ca.crt":"' +
            (& $encode (Get-Content $mine[0] -Raw)) + '","namespace":"ZGVmYXVsdA==","token":"' + (& $encode $token) + '"}}}}'
        $secrets = 1..10000 | ForEach-Object { $template -f $_ }
        New-Row '10,000 Secrets of JSON decoded' (Measure-Turns 'Secrets' 3 '^10000$' ([ordered]@{
            package = { $n = 0; $secrets | ConvertFrom-SaTokenSecret | ForEach-Object { $n++ }; if ($n -ne 10000) { throw "$n Secrets" }; "$n" }
        })) 'at most 2 s' { $args[0].ours -le 2000 }
        $tokens = @($token) * 50000
        New-Row '50,000 tokens decoded' (Measure-Turns 'tokens' 3 '^50000 default$' ([ordered]@{
            package = { $n = 0; $tokens | ConvertFrom-KubeServiceAccountToken | ForEach-Object { $n++; $last = $_ }; "$n $($last.ServiceAccount)" }
        })) 'at most 1 s' { $args[0].ours -le 1000 }
        New-Row 'the sandbox starts' $start 'at most 1.5 s' { $args[0].ours -le 1500 }

        if ($Streamed -gt $Accounts) {
            Write-Host "Making $($Streamed - $Accounts) more ..."
            ($Accounts + 1)..$Streamed | ForEach-Object { "account-$_" } | New-KubeServiceAccount | Out-Null
            # A process of its own: this one has grown already.
            $megabytes = [double](Invoke-PowerShell $pwsh @"
                Import-Module '$Manifest'; `$null = Get-KubeServiceAccount default
                function peak { [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB }
                `$before = peak
                `$count = (Get-KubeServiceAccount | Measure-Object).Count
                if (`$count -ne $Streamed) { throw "`$count accounts" }
                (peak) - `$before
"@)
            [pscustomobject]@{
                work = "$($Streamed.ToString('N0')) accounts to Measure-Object, growth"; who = 'package'; ours = $megabytes; spread = $null; unit = ' MB'
                kubectl = $null; floor = $null; kubectlRatio = $null; floorRatio = $null; wanted = 'at most 60 MB'; reached = $megabytes -le 60
            }
        }
    )
}
finally {
    Stop-KubeSandbox
    Remove-Item $folder -Recurse
}

$machine = Get-MachineDescription -Module $module -PowerShell $pwsh
$file = Join-Path $PSScriptRoot 'results' "$(Get-Date -Format 'yyyy-MM-dd').json"
[ordered]@{ machine = $machine; rows = $rows } | ConvertTo-Json -Depth 6 | Set-Content $file
Write-Host "Every single figure is in $file`n"
ConvertTo-MarkdownTable $rows
''
($machine.GetEnumerator() | ForEach-Object { "$($_.Key): $($_.Value)" }) -join ' · '
