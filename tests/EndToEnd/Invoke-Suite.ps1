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

# Both ways keep it in this checkout: a test run installs nothing into the user's profile.
function Get-PesterFromPackages {
    $project = Join-Path $PSScriptRoot 'Pester'
    $said = dotnet restore $project -v q --nologo 2>&1 | Out-String
    if ($LASTEXITCODE -ne 0) { throw $said.Trim() }
    Join-Path (Get-ChildItem (Join-Path $project 'obj' 'packages' 'pester')).FullName 'tools' 'Pester.psd1'
}

function Get-PesterFromGallery {
    $modules = Join-Path $PSScriptRoot 'obj' 'modules'
    $null = New-Item $modules -ItemType Directory -Force
    Save-PSResource Pester -Version "[$needed,)" -Path $modules -Repository PSGallery -TrustRepository
    Join-Path (Get-ChildItem (Join-Path $modules 'Pester')).FullName 'Pester.psd1'
}

$pester = 'Pester'
if (-not (Test-Pester)) {
    $refusals = foreach ($way in 'Get-PesterFromPackages', 'Get-PesterFromGallery') {
        try {
            $pester = & $way | Select-Object -Last 1
            break
        }
        catch { "$_" }
    }
    if ($pester -eq 'Pester') {
        "The Pester files need Pester $needed or later: none is installed, and neither the package registry nor the gallery has it for us: $refusals"
        exit 3
    }
}

# A file by its path has no minimum: what was brought is new enough.
if ($pester -eq 'Pester') { Import-Module Pester -MinimumVersion $needed } else { Import-Module $pester }
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
