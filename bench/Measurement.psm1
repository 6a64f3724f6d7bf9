# How the bench measures and reports.

function Measure-Turns {
    <#
    .SYNOPSIS
    Runs each way of doing a task in turns, so that whatever else this machine does hits all alike, and gives the
    milliseconds of each. A way that returns a number has measured itself; all others are timed.
    #>
    param([string] $Work, [int] $Rounds, [Collections.Specialized.OrderedDictionary] $Ways)
    $times = [ordered]@{}
    foreach ($name in $Ways.Keys) { $times[$name] = [Collections.Generic.List[double]]::new() }
    foreach ($round in 0..$Rounds) {
        Write-Progress $Work -Status "round $round of $Rounds" -PercentComplete (100 * $round / $Rounds)
        foreach ($name in $Ways.Keys) {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $output = & $Ways[$name]
            $watch.Stop()
            if ($null -eq $output) { throw "'$name' gave nothing in '$Work'." }
            # The first round is for warming up.
            if ($round -gt 0) { $times[$name].Add($output -is [double] ? $output : $watch.Elapsed.TotalMilliseconds) }
        }
    }
    Write-Progress $Work -Completed
    $times
}

function Get-Median([double[]] $Numbers) {
    if (-not $Numbers) { return $null }
    $sorted = @($Numbers | Sort-Object)
    $middle = [int][Math]::Floor($sorted.Count / 2)
    $sorted.Count % 2 ? $sorted[$middle] : ($sorted[$middle - 1] + $sorted[$middle]) / 2
}

function New-Row {
    <# .SYNOPSIS A row of the table, from what Measure-Turns gave. With a way 'bare', what it takes is taken off ours, round by round. #>
    param([string] $Work, [Collections.Specialized.OrderedDictionary] $Times, [string] $Wanted, [scriptblock] $Reached)
    $ours = @($Times['KubeSa'])
    if ($Times['bare']) { $ours = @(for ($i = 0; $i -lt $ours.Count; $i++) { $ours[$i] - $Times['bare'][$i] }) }
    $row = [ordered]@{
        work    = $Work
        ours    = Get-Median $ours
        kubectl = Get-Median $Times['kubectl']
        floor   = Get-Median $Times['floor']
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
    param([psmoduleinfo] $Module)
    $processor = (Test-Path /proc/cpuinfo) ? ((Get-Content /proc/cpuinfo) -match '^model name' -replace '^.*: ' | Select-Object -First 1)
        : $env:PROCESSOR_IDENTIFIER
    [ordered]@{
        date       = Get-Date -Format 'yyyy-MM-dd'
        processor  = "$([Environment]::ProcessorCount) x $processor"
        system     = [Runtime.InteropServices.RuntimeInformation]::OSDescription
        runtime    = [Runtime.InteropServices.RuntimeInformation]::FrameworkDescription
        PowerShell = "$($PSVersionTable.PSVersion)"
        KubeSa     = "$($Module.Version)"
        kubectl    = (Get-Command kubectl -ErrorAction Ignore) ? ((kubectl version --client 2>$null) -match 'Client' -replace '^.*: ?v?' | Select-Object -First 1) : 'none'
        curl       = (Get-Command curl -CommandType Application -ErrorAction Ignore) ? ((curl --version)[0] -split ' ')[1] : 'none'
    }
}

function ConvertTo-MarkdownTable {
    <# .SYNOPSIS The figures as the README shows them. #>
    param([object[]] $Rows)
    $number = { param($value, $unit) $null -eq $value ? '' : ('{0}{1}' -f $value.ToString($value -lt 10 ? '0.0#' : 'N0', [cultureinfo]::InvariantCulture), $unit) }
    '| work | KubeSa | kubectl | floor | kubectl ÷ KubeSa | KubeSa ÷ floor | wanted | reached |'
    '|---|---:|---:|---:|---:|---:|---|---|'
    foreach ($row in $Rows) {
        $unit = $row.unit ?? ' ms'
        '| {0} | {1} | {2} | {3} | {4} | {5} | {6} | {7} |' -f $row.work, (& $number $row.ours $unit), (& $number $row.kubectl ' ms'), (& $number $row.floor ' ms'),
            (& $number $row.kubectlRatio ' x'), (& $number $row.floorRatio ' x'), $row.wanted, ($row.reached ? 'yes' : '**no**')
    }
}

Export-ModuleMember -Function Measure-Turns, New-Row, Get-Median, Get-MachineDescription, ConvertTo-MarkdownTable
