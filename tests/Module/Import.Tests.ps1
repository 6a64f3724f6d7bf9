BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $path = Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1' -Resolve
    $manifest = Import-PowerShellDataFile $path
}

Describe 'The module' {
    It 'exports exactly what its manifest names' {
        (Get-Command -Module KubeSa).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport + $manifest.AliasesToExport | Sort-Object)
        Test-ModuleManifest $path | Should -Not -BeNullOrEmpty
    }

    It 'has the version of its assembly' {
        [KubeSa.ServiceAccount].Assembly.GetName().Version.ToString(3) | Should -Be $manifest.ModuleVersion
    }

    It 'shows its types and hides the libraries it uses' {
        [KubeSa.ServiceAccount].FullName | Should -Be 'KubeSa.ServiceAccount'
        { [k8s.Kubernetes] } | Should -Throw -ErrorId 'TypeNotFound'
    }

    It 'is imported again by force and after removal, from any folder' {
        $script = @'
Set-Location ([IO.Path]::GetTempPath())
Import-Module $args[0]
Import-Module $args[0] -Force
Remove-Module KubeSa
Import-Module $args[0]
$secret = 'kind: Secret', 'type: kubernetes.io/service-account-token', 'metadata: { name: a }' | ConvertFrom-SaTokenSecret -WarningAction Ignore
"$($secret.Name) $($Error.Count)"
'@
        $file = Join-Path $TestDrive 'again.ps1'
        Set-Content $file $script
        pwsh -NoProfile -NonInteractive -File $file $path | Should -Be 'a 0'
    }

    It 'has a view for every type that its cmdlets write' {
        $types = (Get-Command -Module KubeSa).OutputType.Name | Where-Object { $_ -like 'KubeSa.*' } | Sort-Object -Unique
        $types | Should -Not -BeNullOrEmpty
        $types | Where-Object { -not (Get-FormatData $_) } | Should -BeNullOrEmpty
    }
}
