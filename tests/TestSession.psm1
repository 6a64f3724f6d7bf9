# What every Pester file begins with: the module of this checkout, and a sandbox of its own.
Import-Module (Join-Path $PSScriptRoot '..' 'KubeSa.psd1') -Global -ErrorAction Stop

# No test may reach a cluster of the person who runs it.
$env:KUBECONFIG = Join-Path $PSScriptRoot 'no-such-kubeconfig'
$env:KUBERNETES_SERVICE_HOST = $null
$env:KUBERNETES_SERVICE_PORT = $null

function Start-TestSandbox {
    <# .SYNOPSIS Starts a sandbox and makes it the session's current connection. #>
    param([string] $Scenario = 'modern')
    Start-KubeSandbox -Scenario $Scenario -Connect -ErrorAction Stop
}

function Stop-TestSandbox {
    <# .SYNOPSIS Ends every sandbox of this session and forgets its connection. #>
    Disconnect-KubeCluster
    Stop-KubeSandbox
}

function Get-RecordedJson {
    <# .SYNOPSIS The body of an answer that a real API server gave, as kubectl get -o json would print it. #>
    param([string] $Name)
    $file = Join-Path $PSScriptRoot 'Contract' 'recordings' "$Name.json"
    (Get-Content $file -Raw | ConvertFrom-Json).response.body | ConvertTo-Json -Depth 20
}

function Get-RecordedToken {
    <# .SYNOPSIS The token of a recorded Secret; its cluster no longer exists. #>
    $data = (Get-RecordedJson 'kubernetes-1.36/10-05-secret-get' | ConvertFrom-Json).data
    [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($data.token))
}

function Get-View {
    <# .SYNOPSIS What a terminal would show, without colours. #>
    param([Parameter(ValueFromPipeline)] $InputObject)
    ($input | Out-String -Width 200) -replace '\x1b\[[0-9;]*m'
}

Export-ModuleMember -Function Start-TestSandbox, Stop-TestSandbox, Get-RecordedJson, Get-RecordedToken, Get-View
