# How the bench measures and reports. Whatever goes wrong in a way of doing a task ends the bench: a command that fails is fast.
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Find-PowerShell {
    <# .SYNOPSIS The pwsh that this session is, as a program and its first arguments: started from the .NET tool, it is dotnet with pwsh.dll. #>
    $program = (Get-Process -Id $PID).Path
    $first = (Split-Path $program -LeafBase) -eq 'dotnet' ? @([Environment]::GetCommandLineArgs()[0]) : @()
    [pscustomobject]@{ Program = $program; First = $first; CompiledAhead = Test-CompiledAhead ([psobject].Assembly.Location) }
}

function Test-CompiledAhead([string] $Path) {
    $image = [Reflection.PortableExecutable.PEReader]::new([IO.File]::OpenRead($Path))
    try { $image.PEHeaders.CorHeader.ManagedNativeHeaderDirectory.Size -gt 0 } finally { $image.Dispose() }
}

function Invoke-PowerShell {
    <# .SYNOPSIS Runs a command in a new pwsh of the same kind and gives what it wrote. #>
    param([psobject] $PowerShell, [string] $Command)
    & $PowerShell.Program @($PowerShell.First) -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; $Command"
    if ($LASTEXITCODE -ne 0) { throw "A new pwsh ended with exit code ${LASTEXITCODE}: $Command" }
}

function Measure-Turns {
    <#
    .SYNOPSIS
    Runs each way of doing a task in turns, forth and back, so that whatever else this machine does hits all alike, and gives the
    milliseconds of each.

    .DESCRIPTION
    What a way writes must match Proof, and no command in it may fail. A way that measures itself writes an object with
    Milliseconds and Output.
    #>
    param([string] $Work, [int] $Rounds, [string] $Proof, [Collections.Specialized.OrderedDictionary] $Ways)
    Write-Host "$Work ..."
    $times = [ordered]@{}
    foreach ($name in $Ways.Keys) { $times[$name] = [Collections.Generic.List[double]]::new() }
    foreach ($round in 0..$Rounds) {
        Write-Progress $Work -Status "round $round of $Rounds" -PercentComplete (100 * $round / $Rounds)
        $order = @($Ways.Keys)
        if ($round % 2) { [array]::Reverse($order) }
        foreach ($name in $order) {
            $global:LASTEXITCODE = 0
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $output = & $Ways[$name] -ErrorAction Stop
            $watch.Stop()
            if ($global:LASTEXITCODE -ne 0) { throw "'$name' ended with exit code $global:LASTEXITCODE in '$Work'." }
            $own = $output -is [psobject] -and $output.psobject.Properties['Milliseconds']
            $said = "$($own ? $output.Output : $output)"
            # A way named bare does nothing, which it says.
            if ($said -notmatch ($name -eq 'bare' ? 'nothing' : $Proof)) { throw "'$name' did not do its work in '$Work': no $Proof in '$said'." }
            # The first round is for warming up.
            if ($round -gt 0) { $times[$name].Add($own ? $output.Milliseconds : $watch.Elapsed.TotalMilliseconds) }
        }
    }
    Write-Progress $Work -Completed
    $times
}

function Get-Quantile([double[]] $Numbers, [double] $Share) {
    if (-not $Numbers) { return $null }
    $sorted = @($Numbers | Sort-Object)
    $at = ($sorted.Count - 1) * $Share
    $below = [int][Math]::Floor($at)
    $above = [Math]::Min($below + 1, $sorted.Count - 1)
    $sorted[$below] + ($sorted[$above] - $sorted[$below]) * ($at - $below)
}

function Get-Median([double[]] $Numbers) { Get-Quantile $Numbers 0.5 }

function New-Row {
    <#
    .SYNOPSIS
    A row of the table, from what Measure-Turns gave. With a way 'bare', what it takes is taken off ours, round by round.
    #>
    param([string] $Work, [Collections.Specialized.OrderedDictionary] $Times, [string] $Wanted, [scriptblock] $Reached, [string] $Ours = 'package')
    $own = { param($name) $numbers = @($Times[$name]); $Times.Contains('bare') ? @(for ($i = 0; $i -lt $numbers.Count; $i++) { $numbers[$i] - $Times['bare'][$i] }) : $numbers }
    $other = { param($name) $Times.Contains($name) ? (Get-Median $Times[$name]) : $null }
    $mine = @(& $own $Ours)
    $row = [ordered]@{
        work    = $Work
        who     = $Ours
        ours    = Get-Median $mine
        spread  = @((Get-Quantile $mine 0.25), (Get-Quantile $mine 0.75))
        unit    = ' ms'
        kubectl = & $other 'kubectl'
        floor   = & $other 'floor'
    }
    $row.kubectlRatio = $row.kubectl ? $row.kubectl / $row.ours : $null
    $row.floorRatio = $row.floor ? $row.ours / $row.floor : $null
    $row.wanted = $Wanted
    $row.reached = [bool](& $Reached ([pscustomobject]$row))
    $row.milliseconds = [ordered]@{}
    foreach ($name in $Times.Keys) { $row.milliseconds[$name] = @($Times[$name] | ForEach-Object { [Math]::Round($_, 2) }) }
    [pscustomobject]$row
}

function Get-MachineDescription {
    <# .SYNOPSIS What the figures depend on. #>
    param([psmoduleinfo] $Module, [psobject] $PowerShell)
    $processor = (Test-Path /proc/cpuinfo) ? ((Get-Content /proc/cpuinfo) -match '^model name' -replace '^.*: ' | Select-Object -First 1)
        : $env:PROCESSOR_IDENTIFIER
    [ordered]@{
        date       = Get-Date -Format 'yyyy-MM-dd'
        processor  = "$([Environment]::ProcessorCount) x $processor"
        load       = (Test-Path /proc/loadavg) ? ((Get-Content /proc/loadavg) -split ' ')[1] : 'unknown'
        system     = [Runtime.InteropServices.RuntimeInformation]::OSDescription
        runtime    = [Runtime.InteropServices.RuntimeInformation]::FrameworkDescription
        PowerShell = "$($PSVersionTable.PSVersion), $($PowerShell.CompiledAhead ? 'itself compiled ahead of time' : 'itself plain IL')"
        KubeSa     = "$($Module.Version)"
        kubectl    = (Get-Command kubectl -ErrorAction Ignore) ? ((kubectl version --client 2>$null) -match 'Client' -replace '^.*: ?v?' | Select-Object -First 1) : 'none'
    }
}

function ConvertTo-MarkdownTable {
    <# .SYNOPSIS The figures as the README shows them: medians, and in brackets the quarters around them. #>
    param([object[]] $Rows)
    $number = { param($value, $unit) $null -eq $value ? '' : ('{0}{1}' -f ([double]$value).ToString($value -lt 10 ? '0.0#' : 'N0', [cultureinfo]::InvariantCulture), $unit) }
    '| work | KubeSa | of | kubectl | floor | kubectl ÷ KubeSa | KubeSa ÷ floor | wanted | reached |'
    '|---|---:|---|---:|---:|---:|---:|---|---|'
    foreach ($row in $Rows) {
        $spread = $row.spread ? " ($(& $number $row.spread[0] '') to $(& $number $row.spread[1] ''))" : ''
        '| {0} | {1}{2} | {3} | {4} | {5} | {6} | {7} | {8} | {9} |' -f $row.work, (& $number $row.ours $row.unit), $spread, $row.who, (& $number $row.kubectl ' ms'),
            (& $number $row.floor ' ms'), (& $number $row.kubectlRatio ' x'), (& $number $row.floorRatio ' x'), $row.wanted, ($row.reached ? 'yes' : '**no**')
    }
}

Export-ModuleMember -Function Find-PowerShell, Test-CompiledAhead, Invoke-PowerShell, Measure-Turns, New-Row, Get-Median, Get-Quantile, Get-MachineDescription, ConvertTo-MarkdownTable
