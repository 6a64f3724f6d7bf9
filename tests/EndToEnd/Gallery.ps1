# Publishes the module whose manifest is given to a gallery of its own, a folder, and installs it from there as a user does.
# HOME is a folder made for it.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if (-not (Get-Command Publish-PSResource -ErrorAction Ignore)) { 'no PSResourceGet'; return }
$module = Split-Path $args[0]
$version = Split-Path $module -Leaf
$gallery = (New-Item (Join-Path $HOME 'gallery') -ItemType Directory).FullName
Register-PSResourceRepository Gallery -Uri $gallery -Trusted

Publish-PSResource -Path $module -Repository Gallery
$next = Join-Path $HOME 'next' 'KubeSa'
Copy-Item $module $next -Recurse
$manifest = Join-Path $next 'KubeSa.psd1'
$newer = '9' + $version.Substring(1)
Set-Content $manifest ((Get-Content $manifest -Raw) -replace "(?m)^(  ModuleVersion\s+= )'.*'", "`$1'$newer'")
# As a build of that version has it: the loader's name.
$loader = Join-Path $next 'module' 'bin' 'KubeSa.Loader.dll'
$bytes = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($loader))
[IO.File]::WriteAllBytes($loader, [Text.Encoding]::Latin1.GetBytes($bytes.Replace("KubeSa.Loader.$version", "KubeSa.Loader.$newer")))
Publish-PSResource -Path $next -Repository Gallery
$found = Find-PSResource KubeSa -Repository Gallery -Version '*'
"published $($found.Version | Sort-Object)"
"project $($found[0].ProjectUri)"

Install-PSResource KubeSa -Version $version -Repository Gallery
Import-Module KubeSa
"imported $((Get-Module KubeSa).Version)"
Update-PSResource KubeSa -Repository Gallery
"installed $((Get-InstalledPSResource KubeSa).Version)"

# The session goes on with what it has, and says so.
$installed = (Get-Module KubeSa -ListAvailable).Where({ $_.Version -eq $newer }).Path
$said = try { Import-Module $installed; 'nothing' } catch { "$_" }
foreach ($part in "This session has loaded KubeSa $version from", 'Start a new session') {
    $said.Contains($part) ? $part : $said
}
$pwsh = (Get-Process -Id $PID).Path
$first = (Split-Path $pwsh -LeafBase) -eq 'dotnet' ? @([Environment]::GetCommandLineArgs()[0]) : @()
"a new session imports $(& $pwsh @first -NoProfile -NonInteractive -Command 'Import-Module KubeSa; "$((Get-Module KubeSa).Version)"')"

Uninstall-PSResource KubeSa -Version '*'
"left $(@(Get-InstalledPSResource KubeSa -ErrorAction Ignore).Count)"
