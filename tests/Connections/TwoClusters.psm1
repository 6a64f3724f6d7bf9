# Two clusters, prod and test, with the same names in both, and a count of what each of them is asked.
Add-Type -TypeDefinition (Get-Content (Join-Path $PSScriptRoot 'RequestCounter.cs') -Raw)

function Start-TwoClusters {
    <# .SYNOPSIS Starts both, with these accounts in each, which hold the ClusterRole view, and a Deployment shop. #>
    param([string[]] $Account, [string] $Folder)
    $sandboxes = [ordered]@{ prod = Start-KubeSandbox -ErrorAction Stop; test = Start-KubeSandbox -ErrorAction Stop }
    $clusters = [ordered]@{}
    foreach ($name in $sandboxes.Keys) {
        $file = Join-Path $Folder "$name.yaml"
        # Only the context bears the cluster's name: a user has kubeconfigs whose other names are the same.
        (Get-Content $sandboxes[$name].KubeConfig -Raw) -replace '(?m)^(- name:|    cluster:|    user:|current-context:) (kubesa-sandbox|admin)$', "`$1 $name" | Set-Content $file
        $connection = New-KubeConnection -KubeConfig $file -ErrorAction Stop
        $null = New-KubeServiceAccount $Account -Namespace team-a -Connection $connection -ErrorAction Stop
        $null = Grant-KubeServiceAccountRole $Account -ClusterRole view -Namespace team-a -Connection $connection -ErrorAction Stop
        kubectl --kubeconfig $file create deployment shop --image=example -n team-a *> $null
        $clusters[$name] = [pscustomobject]@{ Connection = $connection; File = $file; Port = ([uri]$connection.Server).Port }
    }
    [KubeSa.Tests.RequestCounter]::Start()
    $clusters
}

function Get-Forms {
    <# .SYNOPSIS The same accounts as they come down a pipeline in every way there is: a list of each. #>
    param([object[]] $Account, [string] $Folder)
    $module = Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1' -Resolve
    $Account | Export-Clixml (Join-Path $Folder 'accounts.xml')
    @{
        'live'                  = $Account
        'from another runspace' = @($Account | ForEach-Object -ThrottleLimit 1 -Parallel { Import-Module $using:module; $_ })
        'job'                   = @(Start-Job { Import-Module $using:module; $using:Account } | Receive-Job -Wait -AutoRemoveJob)
        'CLIXML'                = @(Import-Clixml (Join-Path $Folder 'accounts.xml'))
        'JSON'                  = @($Account | ConvertTo-Json -Depth 2 | ConvertFrom-Json)
        'Select-Object *'       = @($Account | Select-Object *)
        'CSV'                   = @($Account | ConvertTo-Csv | ConvertFrom-Csv)
        'own'                   = @($Account | ForEach-Object { [pscustomobject]@{ Namespace = $_.Namespace; Name = $_.Name } })
    }
}

function Get-Outcome {
    <# .SYNOPSIS Which clusters were asked anything, and which were told to change something, since the last time. #>
    param($Clusters)
    $requests = [KubeSa.Tests.RequestCounter]::Take()
    $name = { param($port) foreach ($key in $Clusters.Keys) { if ($Clusters[$key].Port -eq $port) { $key } } }
    [pscustomobject]@{
        Asked   = @($requests | ForEach-Object { & $name $_.Key } | Sort-Object -Unique)
        Changed = @($requests | Where-Object Value -NE 'GET' | ForEach-Object { & $name $_.Key } | Sort-Object -Unique)
    }
}

Export-ModuleMember -Function Start-TwoClusters, Get-Forms, Get-Outcome
