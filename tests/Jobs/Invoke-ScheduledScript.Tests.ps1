BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    $module = Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1' -Resolve
    $script = Join-Path $TestDrive 'nightly.ps1'
    Set-Content $script @"
param([string] `$Context, [string] `$Account)
Import-Module '$module'
"@
    Add-Content $script @'
try {
    $connection = New-KubeConnection -Context $Context -ErrorAction Stop
    $found = Get-KubeServiceAccount $Account -Namespace team-a -Connection $connection -ErrorAction Stop
    "$($found.UserName)"
    exit 0
}
catch {
    # What comes before the comma is for scripts to rely on.
    $id = $_.FullyQualifiedErrorId
    "$id"
    switch -Wildcard ($id) {
        'ServiceAccountNotFound,*' { exit 2 }
        'Forbidden,*' { exit 3 }
        'Unauthorized,*' { exit 3 }
        'ContextNotFound,*' { exit 4 }
        default { exit 1 }
    }
}
'@
    $env:KUBECONFIG = $sandbox.KubeConfig
}
AfterAll {
    $env:KUBECONFIG = Join-Path $PSScriptRoot 'no-such-kubeconfig'
    Stop-TestSandbox
}

Describe 'The job: a scheduled script with error ids and exit codes' {
    It '<Account> as <Context> is exit code <Code>' -ForEach @(
        @{ Context = 'reader'; Account = 'web'; Code = 0; Said = 'system:serviceaccount:team-a:web' }
        @{ Context = 'admin'; Account = 'nope'; Code = 2; Said = 'ServiceAccountNotFound,*' }
        @{ Context = 'anonymous'; Account = 'web'; Code = 3; Said = 'Forbidden,*' }
        @{ Context = 'nowhere'; Account = 'web'; Code = 4; Said = 'ContextNotFound,*' }
    ) {
        $log = pwsh -NoProfile -NonInteractive -File $script $Context $Account
        $LASTEXITCODE | Should -Be $Code
        "$log" | Should -BeLike $Said
    }

    It 'the check of access has an exit code for each cause' {
        pwsh -NoProfile -NonInteractive -Command "Import-Module '$module'; exit [int](Test-KubeInClusterAccess -MountPath '$TestDrive').Cause"
        $LASTEXITCODE | Should -Be ([int][KubeSa.AccessCause]::NotInCluster)
    }
}
