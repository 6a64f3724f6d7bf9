# Whoever is asked whether something may be changed must see at which cluster, and so must whoever reads the error of it.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1')

    # From the module, so that a new cmdlet cannot be forgotten; those without -Context change no cluster.
    $cmdlets = Get-Command -Module KubeSa | Where-Object { $_.Parameters.Keys -contains 'WhatIf' -and $_.Parameters.Keys -contains 'Context' } | ForEach-Object { @{ Cmdlet = $_.Name } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    $null = New-KubeServiceAccount keeper -Namespace team-a | New-KubeSaTokenSecret
    $null = New-KubeSaTokenSecret keeper disabled-token -Namespace team-a | Disable-KubeSaTokenSecret
    $null = Grant-KubeServiceAccountRole team-a/keeper -ClusterRole view -Namespace team-a
    kubectl --kubeconfig $sandbox.KubeConfig create deployment shop --image=example -n team-a

    # An undo of nothing but a binding that is to be there.
    $manifest = @{ apiVersion = 'rbac.authorization.k8s.io/v1'; kind = 'RoleBinding'; metadata = @{ name = 'planned'; namespace = 'team-a' }; roleRef = @{ apiGroup = 'rbac.authorization.k8s.io'; kind = 'ClusterRole'; name = 'view' } }
    @{ kind = 'AccessPlan'; version = 1; namespace = 'team-a'; serviceAccount = 'keeper'; cluster = $null; server = $null; profile = 'Exact'; isUndo = $false; days = 20; daysNeeded = 14; confidence = 'High'
        wouldRefuse = @(); rules = @(); creates = @(); removes = @(@{ action = 'Delete'; kind = 'RoleBinding'; namespace = 'team-a'; name = 'planned'; uid = $null; reason = 'is planned'; manifest = $manifest })
    } | ConvertTo-Json -Depth 9 | Set-Content (Join-Path $TestDrive 'plan.json')

    # What each is given; one that is missing here fails its test.
    $arguments = @{
        'Disable-KubeSaTokenSecret'           = 'keeper-token'
        'Enable-KubeSaTokenSecret'            = 'disabled-token'
        'Export-KubeServiceAccountKubeConfig' = 'keeper'
        'Grant-KubeServiceAccountRole'        = 'keeper -ClusterRole edit'
        'Invoke-KubeAccessPlan'               = '-Path (Join-Path $TestDrive "plan.json") -UndoPath (Join-Path $TestDrive "undo.json") -Force'
        'Invoke-KubeInClusterProbe'           = 'keeper'
        'Invoke-KubeRestMethod'               = '/api/v1/namespaces/team-a/pods/build-7 -Method DELETE'
        'Invoke-KubeServiceAccountCommand'    = 'keeper { throw "ran" }'
        'New-KubeResource'                    = '@{ apiVersion = "v1"; kind = "ConfigMap"; metadata = @{ name = "colours" } }'
        'Remove-KubeResource'                 = 'pods build-7'
        'Set-KubeResource'                    = 'deploy/shop -Patch @{ spec = @{ replicas = 1 } }'
        'New-KubeRole'                        = 'reader-of-pods -Verb get -Resource pods'
        'New-KubeSaTokenSecret'               = 'keeper second'
        'New-KubeServiceAccount'              = 'another'
        'New-KubeServiceAccountToken'         = 'keeper'
        'Remove-KubeSaTokenSecret'            = 'keeper-token'
        'Remove-KubeServiceAccount'           = 'keeper'
        'Revoke-KubeServiceAccountRole'       = 'keeper -ClusterRole view'
        'Set-KubeServiceAccount'              = 'keeper -Label @{ a = "b" }'
        'Set-KubeWorkloadServiceAccount'      = 'shop -ServiceAccount keeper'
    }
}
AfterAll { Stop-TestSandbox }

Describe 'A cmdlet that changes a cluster' {
    It '<cmdlet> names it where it asks' -ForEach $cmdlets {
        $arguments.Keys | Should -Contain $Cmdlet
        $log = Join-Path $TestDrive "$Cmdlet.txt"
        $where = if ((Get-Command $Cmdlet).Parameters.ContainsKey('Namespace')) { '-Namespace team-a' }
        $null = Start-Transcript $log
        try { $null = Invoke-Expression "$Cmdlet $($arguments[$Cmdlet]) $where -WhatIf -ErrorAction Stop" }
        finally { $null = Stop-Transcript }
        Get-Content $log -Raw | Should -Match ('(?s)What if: .* at admin \(' + [regex]::Escape($sandbox.Url.TrimEnd('/')))
    }

    It '<cmdlet> names it in its errors' -ForEach $cmdlets {
        $where = if ((Get-Command $Cmdlet).Parameters.ContainsKey('Namespace')) { '-Namespace team-a' }
        $null = Invoke-Expression "$Cmdlet $($arguments[$Cmdlet]) $where -Context anonymous -KubeConfig '$($sandbox.KubeConfig)' -Confirm:`$false -ErrorAction SilentlyContinue -ErrorVariable failures"
        $errors = @($failures | Where-Object FullyQualifiedErrorId -Like '*,KubeSa.*')
        $errors | Should -Not -BeNullOrEmpty
        $errors | ForEach-Object { "$_" | Should -Match ([regex]::Escape(([uri]$sandbox.Url).Authority)) }
    }
}
