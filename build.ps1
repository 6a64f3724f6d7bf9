#Requires -Version 7.4
<#
.SYNOPSIS
Builds, tests, shows, measures, packs and installs the module.

.EXAMPLE
./build.ps1
Fills module/bin, after which Import-Module ./KubeSa.psd1 works.

.EXAMPLE
./build.ps1 -Task Install
Copies the module into the user's module folder, where Import-Module KubeSa finds it.
#>
param(
    # Build: fill module/bin. Test: run all tests. Tour: play the story. Bench: measure against kubectl and the floor.
    # Fuzz: 20,000 broken inputs for each reader of what others wrote, ten times as many as Test.
    # Soak: ten minutes of calls while tokens, the authority and the server come and go.
    # Package: make out/KubeSa/<version>, a zip and a nupkg of it, and what Update-Help reads. Install: put it into the user's
    # module folder. What is built or installed here is compiled ahead of time for this machine, what is packed for all that
    # PowerShell is used on most; on every other it runs as plain IL.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Tour', 'Bench', 'Fuzz', 'Soak', 'Package', 'Install')]
    [string] $Task = 'Build',

    # Replace the same version where it is installed already.
    [switch] $Force,

    # Where Package, Install and Bench put what they make.
    [string] $OutputFolder = (Join-Path $PSScriptRoot 'out')
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot 'KubeSa.psd1')
$version = $manifest.ModuleVersion
$out = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputFolder)
$package = Join-Path $out 'KubeSa' $version
. (Join-Path $PSScriptRoot 'src' 'Ahead' 'PackagedHelp.ps1')

# linux stands for musl, too. The assemblies are those that a first call needs: an image of KubernetesClient alone would be 6 MB
# for each platform.
$platforms = 'linux-x64', 'linux-arm64', 'win-x64', 'osx-arm64'
$assemblies = 'KubeSa', 'KubeSa.Client', 'YamlDotNet'

function New-ModuleFolder([switch] $AnyMachine) {
    $all = Split-Path $package
    if (Test-Path $all) { Remove-Item $all -Recurse }
    $ahead = $AnyMachine ? @("-p:AheadPlatforms=$($platforms -join '+')", "-p:AheadAssemblies=$($assemblies -join '+')", '-p:AheadRequired=true') : @()
    foreach ($project in 'KubeSa.Client', 'KubeSa.Sandbox') {
        # Not judged again: Build does that.
        dotnet build "src/$project" -c Release -v q --nologo "-p:ModuleBin=$package/module/bin/" -p:DebugType=none -p:RunAnalyzers=false -p:ReadyToRun=true $ahead | Out-Host
    }
    Get-ChildItem (Join-Path $package 'module' 'bin') -Recurse -Include 'KubeSa*.xml' | Remove-Item
    Copy-Item KubeSa.psd1, LICENSE, README.md, CHANGELOG.md, THIRD-PARTY-NOTICES $package
    Get-ChildItem module -Exclude bin, help | Copy-Item -Destination (Join-Path $package 'module') -Recurse
    Set-FileList
}

# So that Test-ModuleManifest and the gallery can say whether a file is missing.
function Set-FileList {
    $files = Get-ChildItem $package -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($package, $_.FullName).Replace('\', '/') } | Sort-Object
    $path = Join-Path $package 'KubeSa.psd1'
    $list = "  FileList               = @(`n$(($files | ForEach-Object { "    '$_'" }) -join "`n")`n  )`n`n"
    Set-Content $path ((Get-Content $path -Raw) -replace '(?m)^(?=  PrivateData\b)', $list.Replace('$', '$$')) -NoNewline
}

function New-Archives {
    $zip = Join-Path $out "KubeSa-$version.zip"
    Compress-Archive (Split-Path $package) $zip -Force

    # What Install-PSResource reads: the tags tell the gallery's clients that it is a module and what it exports.
    $tags = @('PSModule', 'PSIncludes_Cmdlet') + $manifest.CmdletsToExport.ForEach{ "PSCmdlet_$_" } + $manifest.PrivateData.PSData.Tags
    $nuspec = Join-Path $out 'KubeSa.nuspec'
    Set-Content $nuspec @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <id>KubeSa</id>
    <version>$version</version>
    <authors>$($manifest.Author)</authors>
    <license type="expression">MIT</license>
    <readme>README.md</readme>
    <description>$($manifest.Description)</description>
    <copyright>$($manifest.Copyright)</copyright>
    <projectUrl>$($manifest.PrivateData.PSData.ProjectUri)</projectUrl>
    <releaseNotes>$($manifest.PrivateData.PSData.ReleaseNotes)</releaseNotes>
    <tags>$($tags -join ' ')</tags>
  </metadata>
</package>
"@
    dotnet pack src/KubeSa -c Release --no-build --nologo -o $out "-p:NuspecFile=$nuspec" "-p:NuspecBasePath=$package" -p:NoPackageAnalysis=true | Out-Host
    Remove-Item $nuspec
    New-UpdatableHelp -Manifest $manifest -HelpFolder (Join-Path $package 'en-US') -Destination (Join-Path $out 'help')
    Get-Item $package, $zip, (Join-Path $out "KubeSa.$version.nupkg"), (Join-Path $out 'help')
}

function Install-ModuleFolder {
    $modules = $IsWindows ? (Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'PowerShell' 'Modules')
        : (Join-Path ($env:XDG_DATA_HOME ?? (Join-Path $HOME '.local' 'share')) 'powershell' 'Modules')
    $target = Join-Path $modules 'KubeSa' $version
    if ((Test-Path $target) -and -not $Force) { throw "KubeSa $version is already installed in $target; -Force replaces it." }

    # Built first: a build that fails leaves what is installed as it was.
    New-ModuleFolder
    if (Test-Path $target) { Remove-Item $target -Recurse }
    $null = New-Item (Split-Path $target) -ItemType Directory -Force
    Copy-Item $package $target -Recurse
    # What came by a browser stays marked as such there, and a marked assembly is refused or asked about.
    if ($IsWindows -or $IsMacOS) { Get-ChildItem $target -Recurse -File | Unblock-File }
    Write-Host 'A session that has loaded KubeSa already goes on with the old one: open a new session.'
    Get-Item $target
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { dotnet build KubeSa.slnx -v q --nologo -p:ReadyToRun=true }
        'Test' { dotnet test }
        'Tour' { dotnet run --project src/KubeSa.Tour }
        'Bench' {
            $installed = $package
            $package = Join-Path $out 'build' 'KubeSa' $version
            New-ModuleFolder
            $package = $installed
            New-ModuleFolder -AnyMachine
            & ./bench/Bench.ps1 -Manifest (Join-Path $package 'KubeSa.psd1') -Build (Join-Path $out 'build' 'KubeSa' $version 'KubeSa.psd1')
        }
        'Fuzz' {
            $env:KUBESA_MUTATIONS ??= '20000'
            dotnet test --project tests/KubeSa.Tests --filter-class '*MutationTests' --output Detailed
        }
        'Soak' { dotnet test --project tests/Contract --filter-class KubeSa.Contract.Soak.SoakTests --explicit only --output Detailed }
        'Package' { New-ModuleFolder -AnyMachine; New-Archives }
        'Install' { Install-ModuleFolder }
    }
}
finally { Pop-Location }
