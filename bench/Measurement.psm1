# How the bench measures and reports.

function Measure-Task {
    <# .SYNOPSIS Times each way of doing a task, in turns; all must give Count objects. A way whose program is missing is left out, loudly. #>
    param([string] $Task, [int] $Runs, [Collections.Specialized.OrderedDictionary] $Ways, [int] $Count)
    foreach ($name in @($Ways.Keys)) {
        $program = $name.Split(' ')[0]
        if ($program -in 'kubectl', 'curl' -and -not (Get-Command $program -CommandType Application -ErrorAction Ignore)) {
            Write-Warning "$program is not installed, so '$name' is not measured."
            $Ways.Remove($name)
        }
    }

    $times = @{}
    foreach ($name in $Ways.Keys) { $times[$name] = [Collections.Generic.List[double]]::new() }
    foreach ($run in 0..$Runs) {
        Write-Progress $Task -Status "run $run of $Runs" -PercentComplete (100 * $run / $Runs)
        foreach ($name in $Ways.Keys) {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $output = & $Ways[$name]
            $watch.Stop()
            if ($null -eq $output -and $name -ne 'pwsh that does nothing') { throw "'$name' gave nothing in '$Task'." }
            if ($Count -and $output.Count -ne $Count) { throw "'$name' gave $($output.Count) and not $Count objects in '$Task'." }
            if ($run -gt 0) { $times[$name].Add($watch.Elapsed.TotalMilliseconds) }
        }
    }
    Write-Progress $Task -Completed

    $base = Get-Median $times['KubeSa']
    foreach ($name in $Ways.Keys) {
        $median = Get-Median $times[$name]
        [pscustomobject]@{
            Task         = $Task
            Way          = $name
            MedianMs     = [Math]::Round($median, 2)
            MinMs        = [Math]::Round(($times[$name] | Measure-Object -Minimum).Minimum, 2)
            MaxMs        = [Math]::Round(($times[$name] | Measure-Object -Maximum).Maximum, 2)
            Ratio        = [Math]::Round($median / $base, 2)
            Runs         = $Runs
            Milliseconds = @($times[$name] | ForEach-Object { [Math]::Round($_, 2) })
        }
    }
}

function Get-Median([double[]] $Numbers) {
    $sorted = $Numbers | Sort-Object
    $middle = [int][Math]::Floor($sorted.Count / 2)
    $sorted.Count % 2 ? $sorted[$middle] : ($sorted[$middle - 1] + $sorted[$middle]) / 2
}

function New-CurlConfiguration {
    <# .SYNOPSIS Writes what curl needs to be the sandbox's administrator, into a folder that nobody else can read. #>
    param($Sandbox, [IO.DirectoryInfo] $Folder)
    if (-not $IsWindows) { [IO.File]::SetUnixFileMode($Folder.FullName, 'UserRead, UserWrite, UserExecute') }
    $text = Get-Content $Sandbox.KubeConfig -Raw
    foreach ($part in 'certificate', 'key') {
        $data = [regex]::Match($text, "(?<=client-$part-data: )\S+").Value
        [IO.File]::WriteAllBytes((Join-Path $Folder "$part.pem"), [Convert]::FromBase64String($data))
    }
    $file = Join-Path $Folder 'curl.conf'
    Set-Content $file @"
cacert = "$($Sandbox.CertificateAuthority)"
cert = "$(Join-Path $Folder 'certificate.pem')"
key = "$(Join-Path $Folder 'key.pem')"
"@
    $file
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
    param([object[]] $Results)
    '| task | way | median | fastest to slowest | ratio |'
    '|---|---|---:|---:|---:|'
    foreach ($result in $Results) {
        '| {0} | {1} | {2:N1} ms | {3:N1} to {4:N1} ms | {5:N2} |' -f $result.Task, $result.Way.Replace('|', '\|'), $result.MedianMs, $result.MinMs, $result.MaxMs, $result.Ratio
    }
}

Export-ModuleMember -Function Measure-Task, New-CurlConfiguration, Get-MachineDescription, ConvertTo-MarkdownTable
