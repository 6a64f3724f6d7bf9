#Requires -Version 7.4
<#
.SYNOPSIS
Holds the module against what one would otherwise pick, kubectl, and against the least that the work can cost: a bare
HttpClient on the same runtime, compiled ahead of time (bench/Floor), or curl.

.DESCRIPTION
All on one sandbox and in turns. Prints a markdown table of medians and keeps every single figure in
bench/results/<date>.json. A cold start is a new pwsh that imports the module and does one thing, less a new pwsh that does
nothing, round by round.
#>
param(
    # The module to measure: by default the one in this checkout; ./build.ps1 -Task Bench makes a release build first.
    [string] $Manifest = (Join-Path $PSScriptRoot '..' 'KubeSa.psd1'),

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
Import-Module (Join-Path $PSScriptRoot 'Measurement.psm1')
foreach ($tool in 'kubectl', 'curl') {
    if (-not (Get-Command $tool -CommandType Application -ErrorAction Ignore)) { throw "The bench needs $tool." }
}

$folder = New-Item (Join-Path ([IO.Path]::GetTempPath()) "kubesa-bench-$PID") -ItemType Directory
if (-not $IsWindows) { [IO.File]::SetUnixFileMode($folder.FullName, 'UserRead, UserWrite, UserExecute') }
dotnet publish (Join-Path $PSScriptRoot 'Floor') -c Release -v q --nologo -o (Join-Path $folder 'floor') | Out-Host
if ($LASTEXITCODE -ne 0) { throw 'The floor was not built.' }

$module = Import-Module $Manifest -PassThru
$pwsh = (Get-Process -Id $PID).Path
try {
    $start = Measure-Turns 'The sandbox starts' 3 ([ordered]@{
        KubeSa = { $one = Start-KubeSandbox; $one; Stop-KubeSandbox -ProcessId $one.ProcessId }
    })
    $sandbox = Start-KubeSandbox -Connect
    $env:KUBECONFIG = $sandbox.KubeConfig
    $text = Get-Content $sandbox.KubeConfig -Raw
    foreach ($part in 'certificate', 'key') {
        $data = [regex]::Match($text, "(?<=client-$part-data: )\S+").Value
        [IO.File]::WriteAllBytes((Join-Path $folder "$part.pem"), [Convert]::FromBase64String($data))
    }
    $mine = $sandbox.CertificateAuthority, "$folder/certificate.pem", "$folder/key.pem"
    $curl = '-sS', '--cacert', $mine[0], '--cert', $mine[1], '--key', $mine[2]
    $accountsUrl = "$($sandbox.Url)/api/v1/namespaces/default/serviceaccounts"
    function floor { dotnet (Join-Path $folder 'floor' 'KubeSa.Floor.dll') @args | ConvertFrom-Json }
    function cold([string] $command) { $null = & $pwsh -NoProfile -NonInteractive -Command $command; $LASTEXITCODE }

    $rows = @(
        New-Row 'cold: import alone' (Measure-Turns 'import' $Rounds ([ordered]@{
            bare   = { cold '1' }
            KubeSa = { cold "Import-Module '$Manifest'" }
        })) 'at most 60 ms' { $args[0].ours -le 60 }
        New-Row 'cold: one account' (Measure-Turns 'one account, cold' $Rounds ([ordered]@{
            bare    = { cold '1' }
            KubeSa  = { cold "Import-Module '$Manifest'; Get-KubeServiceAccount default" }
            kubectl = { kubectl get serviceaccount default -o json }
            floor   = { [double](floor "$accountsUrl/default" @mine).cold }
        })) 'at most 1.5 x the floor' { $args[0].floorRatio -le 1.5 }
        New-Row 'cold: the check from a mount' (Measure-Turns 'the check, cold' $Rounds ([ordered]@{
            bare   = { cold '1' }
            KubeSa = { cold "`$env:KUBECONFIG = ''; Import-Module '$Manifest'; Test-KubeInClusterAccess -MountPath '$($sandbox.MountPath)'" }
            floor  = { [double](floor "$($sandbox.Url)/api/v1/pods?limit=1" $mine[0] "$($sandbox.MountPath)/token" '-').cold }
        })) 'at most 1.5 x the floor' { $args[0].floorRatio -le 1.5 }

        # A session's calls settle once the runtime has compiled them for good.
        1..300 | ForEach-Object { $null = Get-KubeServiceAccount default; $null = Get-KubeIdentity }
        1..100 | ForEach-Object { $null = New-KubeServiceAccountToken default }
        $median = { param($call, $times = 200) [double](Get-Median (1..$times | ForEach-Object { $w = [Diagnostics.Stopwatch]::StartNew(); $null = & $call; $w.Elapsed.TotalMilliseconds })) }
        New-Row 'warm: one account' (Measure-Turns 'one account, warm' 5 ([ordered]@{
            KubeSa  = { & $median { Get-KubeServiceAccount default } }
            kubectl = { kubectl get serviceaccount default -o json | ConvertFrom-Json }
            floor   = { [double](floor "$accountsUrl/default" @mine 500).warm }
        })) 'kubectl 20 x, floor 2 x' { $args[0].kubectlRatio -ge 20 -and $args[0].floorRatio -le 2 }
        New-Row 'warm: who am I' (Measure-Turns 'who am I, warm' 5 ([ordered]@{
            KubeSa  = { & $median { Get-KubeIdentity } }
            kubectl = { kubectl auth whoami -o json | ConvertFrom-Json }
            floor   = { [double](floor "$($sandbox.Url)/apis/authentication.k8s.io/v1/selfsubjectreviews" @mine 500 '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}').warm }
        })) 'kubectl 20 x, floor 2 x' { $args[0].kubectlRatio -ge 20 -and $args[0].floorRatio -le 2 }
        New-Row 'warm: a token' (Measure-Turns 'a token, warm' 5 ([ordered]@{
            KubeSa  = { & $median { New-KubeServiceAccountToken default } }
            kubectl = { kubectl create token default }
            floor   = { [double](floor "$accountsUrl/default/token" @mine 300 '{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"audiences":[]}}').warm }
        })) 'kubectl 20 x, floor 2 x' { $args[0].kubectlRatio -ge 20 -and $args[0].floorRatio -le 2 }

        Write-Host "Making $Accounts service accounts ..."
        2..$Accounts | ForEach-Object { "account-$_" } | New-KubeServiceAccount | Out-Null
        New-Row "a list of $($Accounts.ToString('N0')), as objects" (Measure-Turns 'a long list' 5 ([ordered]@{
            KubeSa  = { $all = Get-KubeServiceAccount; if ($all.Count -ne $Accounts) { throw "$($all.Count) accounts" }; 'done' }
            kubectl = { (kubectl get serviceaccounts -o json | ConvertFrom-Json).items.Count.ToString() }
            floor   = { curl @curl -o "$folder/list.json" $accountsUrl; 'done' }
        })) 'kubectl 10 x, floor 1.3 x' { $args[0].kubectlRatio -ge 10 -and $args[0].floorRatio -le 1.3 }
        New-Row 'its first object' (Measure-Turns 'the first of a long list' 9 ([ordered]@{
            KubeSa = { Get-KubeServiceAccount | Select-Object -First 1 }
            floor  = { curl @curl -o "$folder/page.json" "${accountsUrl}?limit=500"; 'done' }
        })) 'at most 3 x a page by curl' { $args[0].floorRatio -le 3 }

        $token = New-KubeServiceAccountToken default -AsPlainText
        $encode = { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($args[0])) }
        $template = '{{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/service-account-token","metadata":{{"name":"secret-{0}","namespace":"default","annotations":{{"kubernetes.io/service-account.name":"default"}}}},"data":{{"ca.crt":"' +
            (& $encode (Get-Content $mine[0] -Raw)) + '","namespace":"ZGVmYXVsdA==","token":"' + (& $encode $token) + '"}}}}'
        $secrets = 1..10000 | ForEach-Object { $template -f $_ }
        New-Row '10,000 Secrets of JSON decoded' (Measure-Turns 'Secrets' 3 ([ordered]@{
            KubeSa = { $n = 0; $secrets | ConvertFrom-SaTokenSecret | ForEach-Object { $n++ }; if ($n -ne 10000) { throw "$n Secrets" }; "$n" }
        })) 'at most 2 s' { $args[0].ours -le 2000 }
        $tokens = @($token) * 50000
        New-Row '50,000 tokens decoded' (Measure-Turns 'tokens' 3 ([ordered]@{
            KubeSa = { $tokens | ConvertFrom-KubeServiceAccountToken | Select-Object -Last 1 }
        })) 'at most 1 s' { $args[0].ours -le 1000 }
        New-Row 'the sandbox starts' $start 'at most 1.5 s' { $args[0].ours -le 1500 }

        if ($Streamed -gt $Accounts) {
            Write-Host "Making $($Streamed - $Accounts) more ..."
            ($Accounts + 1)..$Streamed | ForEach-Object { "account-$_" } | New-KubeServiceAccount | Out-Null
            # A process of its own: this one has grown already.
            $megabytes = [double](& $pwsh -NoProfile -NonInteractive -Command @"
                Import-Module '$Manifest'; `$null = Get-KubeServiceAccount default
                function peak { [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB }
                `$before = peak
                `$count = (Get-KubeServiceAccount | Measure-Object).Count
                if (`$count -ne $Streamed) { throw "`$count accounts" }
                (peak) - `$before
"@)
            [pscustomobject]@{
                work = "$($Streamed.ToString('N0')) accounts to Measure-Object, growth"; ours = $megabytes; unit = ' MB'
                wanted = 'at most 60 MB'; reached = $megabytes -le 60
            }
        }
    )
}
finally {
    Stop-KubeSandbox
    Remove-Item $folder -Recurse
}

$machine = Get-MachineDescription -Module $module
$file = Join-Path $PSScriptRoot 'results' "$(Get-Date -Format 'yyyy-MM-dd').json"
[ordered]@{ machine = $machine; rows = $rows } | ConvertTo-Json -Depth 6 | Set-Content $file
Write-Host "Every single figure is in $file`n"
ConvertTo-MarkdownTable $rows
''
($machine.GetEnumerator() | ForEach-Object { "$($_.Key): $($_.Value)" }) -join ' · '
