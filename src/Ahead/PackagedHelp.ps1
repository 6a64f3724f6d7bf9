# Makes what Update-Help reads, to lie where HelpInfoURI of the manifest points: a file that says which help there is, and a zip.
function New-UpdatableHelp([hashtable] $Manifest, [string] $HelpFolder, [string] $Destination) {
    $null = New-Item $Destination -ItemType Directory -Force
    $name = Join-Path $Destination "KubeSa_$($Manifest.GUID)"
    $culture = Split-Path $HelpFolder -Leaf
    Compress-Archive (Join-Path $HelpFolder '*') "${name}_${culture}_HelpContent.zip" -Force
    Set-Content "${name}_HelpInfo.xml" @"
<?xml version="1.0" encoding="utf-8"?>
<HelpInfo xmlns="http://schemas.microsoft.com/powershell/help/2010/05">
  <HelpContentURI>$($Manifest.HelpInfoURI)</HelpContentURI>
  <SupportedUICultures>
    <UICulture>
      <UICultureName>$culture</UICultureName>
      <UICultureVersion>$($Manifest.ModuleVersion)</UICultureVersion>
    </UICulture>
  </SupportedUICultures>
</HelpInfo>
"@
}
