#Requires -Version 7.4
<#
.SYNOPSIS
Compares the module with what one would otherwise pick: kubectl or curl, and ConvertFrom-Json.

.DESCRIPTION
All run against one sandbox, in turns, so that whatever else this machine does hits all alike. Writes a markdown table and
keeps every single time in bench/results/<date>.json. A ratio of 2 means: takes twice as long as KubeSa.
#>
param(
    # The module to measure: by default the one in this checkout; ./build.ps1 -Task Bench packs a release build first.
    [string] $Manifest = (Join-Path $PSScriptRoot '..' 'KubeSa.psd1'),

    # How often each is measured; one more, not counted, comes first.
    [int] $Runs = 15,

    # How many service accounts the long list has.
    [int] $Accounts = 10000
)
$ErrorActionPreference = 'Stop'
$Manifest = Resolve-Path $Manifest
Import-Module $Manifest
Import-Module (Join-Path $PSScriptRoot 'Measurement.psm1')

$sandbox = Start-KubeSandbox -Connect
$folder = New-Item (Join-Path ([IO.Path]::GetTempPath()) "kubesa-bench-$PID") -ItemType Directory
$env:KUBECONFIG = $sandbox.KubeConfig
try {
    $curl = New-CurlConfiguration -Sandbox $sandbox -Folder $folder
    $collection = "$($sandbox.Url)/api/v1/namespaces/default/serviceaccounts"
    $pwsh = (Get-Process -Id $PID).Path
    $cold = { param($command) & $pwsh -NoProfile -NonInteractive -Command $command }

    $results = @(
        Measure-Task 'one account, cold: a new pwsh' $Runs ([ordered]@{
            'KubeSa'                     = { & $cold "Import-Module '$Manifest'; Get-KubeServiceAccount default" }
            'kubectl | ConvertFrom-Json' = { & $cold 'kubectl get serviceaccount default -o json | ConvertFrom-Json' }
            'curl | ConvertFrom-Json'    = { & $cold "curl -sS -K '$curl' '$collection/default' | ConvertFrom-Json" }
            'pwsh that does nothing'     = { & $cold '$null' }
        })
        Measure-Task 'one account, warm: in a session' $Runs ([ordered]@{
            'KubeSa'                     = { Get-KubeServiceAccount default }
            'kubectl | ConvertFrom-Json' = { kubectl get serviceaccount default -o json | ConvertFrom-Json }
            'curl | ConvertFrom-Json'    = { curl -sS -K $curl "$collection/default" | ConvertFrom-Json }
        })
        Write-Host "Making $Accounts service accounts ..."
        1..$Accounts | ForEach-Object { "account-$_" } | New-KubeServiceAccount | Out-Null
        Measure-Task "a list of $($Accounts.ToString('N0')) accounts, warm" ([Math]::Max(3, [int]($Runs / 3))) ([ordered]@{
            'KubeSa'                     = { Get-KubeServiceAccount }
            'kubectl | ConvertFrom-Json' = { (kubectl get serviceaccounts -o json | ConvertFrom-Json).items }
            'curl | ConvertFrom-Json'    = { (curl -sS -K $curl $collection | ConvertFrom-Json).items }
        }) -Count ($Accounts + 1)
        Measure-Task "the first of $($Accounts.ToString('N0')) accounts, warm" ([Math]::Max(3, [int]($Runs / 3))) ([ordered]@{
            'KubeSa'                     = { Get-KubeServiceAccount | Select-Object -First 1 }
            'kubectl | ConvertFrom-Json' = { (kubectl get serviceaccounts -o json | ConvertFrom-Json).items | Select-Object -First 1 }
            'curl | ConvertFrom-Json'    = { (curl -sS -K $curl $collection | ConvertFrom-Json).items | Select-Object -First 1 }
        })
    )
}
finally {
    Stop-KubeSandbox
    Remove-Item $folder -Recurse
}

$machine = Get-MachineDescription -Module (Get-Module KubeSa)
$file = Join-Path $PSScriptRoot 'results' "$(Get-Date -Format 'yyyy-MM-dd').json"
[ordered]@{ machine = $machine; results = $results } | ConvertTo-Json -Depth 5 | Set-Content $file
Write-Host "Every single time is in $file`n"
ConvertTo-MarkdownTable $results
''
($machine.GetEnumerator() | ForEach-Object { "$($_.Key): $($_.Value)" }) -join ' · '
