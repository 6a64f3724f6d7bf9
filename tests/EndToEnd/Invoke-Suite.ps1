<#
.SYNOPSIS
Runs all Pester files in this session and writes how each It ended to a JSON file. Exits with 3, saying why, where there is no Pester.
#>
param(
    [Parameter(Mandatory)] [string] $ResultFile,
    [string[]] $Path = (Split-Path $PSScriptRoot)
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$needed = [version]'5.5'

function Test-Pester { [bool](Get-Module Pester -ListAvailable | Where-Object Version -GE $needed) }

if ($PSVersionTable.PSVersion -lt '7.4') {
    "The Pester files need PowerShell 7.4 or later; the pwsh on PATH is $($PSVersionTable.PSVersion)."
    exit 3
}

if (-not (Test-Pester)) {
    # Kept in this checkout: a test run installs nothing into the user's profile.
    $modules = Join-Path $PSScriptRoot 'obj' 'modules'
    $env:PSModulePath = $modules, $env:PSModulePath -join [IO.Path]::PathSeparator
    if (-not (Test-Pester)) {
        try {
            $null = New-Item $modules -ItemType Directory -Force
            Save-PSResource Pester -Version "[$needed,)" -Path $modules -Repository PSGallery -TrustRepository
        }
        catch {
            "The Pester files need Pester $needed or later: none is installed, and it could not be got from the gallery: $_"
            exit 3
        }
    }
}

Import-Module Pester -MinimumVersion $needed
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
$run = Invoke-Pester -Configuration $configuration

function Get-FailureText($Records) {
    ($Records | ForEach-Object { "$($_.DisplayErrorMessage ?? $_)`n$($_.DisplayStackTrace)".Trim() }) -join "`n`n"
}

function New-Result([string] $File, [string] $Name, [string] $Result, [string] $Message) {
    @{
        File    = [IO.Path]::GetRelativePath((Split-Path $PSScriptRoot), $File).Replace('\', '/')
        Name    = $Name
        Result  = $Result
        Message = $Message
    }
}

$results = @(
    foreach ($container in $run.Containers) {
        $file = "$($container.Item)"
        $tests = $run.Tests | Where-Object { "$($_.Block.Root.BlockContainer.Item)" -eq $file }
        foreach ($test in $tests) {
            $message = $test.ErrorRecord ? (Get-FailureText $test.ErrorRecord) : 'It did not run: what comes before it in its file failed.'
            New-Result $file $test.ExpandedPath $test.Result $message
        }
        # What fails outside an It is no test's failure: a file that cannot be read, an AfterAll.
        if ($container.ErrorRecord) {
            New-Result $file 'the file' 'Failed' (Get-FailureText $container.ErrorRecord)
        }
        elseif (-not $tests) {
            New-Result $file 'the file' 'Failed' 'The file has no It.'
        }
    }
    foreach ($block in $run.FailedBlocks | Where-Object ErrorRecord) {
        New-Result "$($block.Root.BlockContainer.Item)" "$($block.ExpandedPath) (outside its tests)" 'Failed' (Get-FailureText $block.ErrorRecord)
    }
)
if ($results.Count -eq 0) { throw "No Pester file was found under $Path." }
ConvertTo-Json $results | Set-Content $ResultFile
exit 0
