BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Remove-KubeServiceAccount' {
    It 'removes the accounts of the pipeline and outputs nothing' {
        New-KubeServiceAccount a, b, c | Remove-KubeServiceAccount -Confirm:$false | Should -BeNullOrEmpty
        (Get-KubeServiceAccount).Name | Should -Be 'default'
    }

    It 'removes names of the pipeline' {
        $null = New-KubeServiceAccount d, e -Namespace team-b
        'd', 'e' | Remove-KubeServiceAccount -Namespace team-b -Confirm:$false
        Get-KubeServiceAccount d*, e* -Namespace team-b -ErrorAction SilentlyContinue | Where-Object Name -NE default | Should -BeNullOrEmpty
    }

    It 'asks by itself, for its impact is high' {
        (Get-Command Remove-KubeServiceAccount).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true).ConfirmImpact |
            Should -Be 'High'
    }

    It 'removes nothing with -WhatIf and names what it would remove' {
        $null = New-KubeServiceAccount kept -Namespace team-b
        $said = pwsh -NoProfile -NonInteractive -Command @"
            Import-Module '$(Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1')'
            Remove-KubeServiceAccount kept -Namespace team-b -WhatIf -KubeConfig '$($sandbox.KubeConfig)'
"@
        $said | Should -Match '"Remove" on target "ServiceAccount team-b/kept at '
        (Get-KubeServiceAccount kept -Namespace team-b).Name | Should -Be 'kept'
    }

    It 'gives one error record for one that is missing and removes the others' {
        $null = New-KubeServiceAccount there
        Remove-KubeServiceAccount nope, there -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'ServiceAccountNotFound,KubeSa.Cmdlets.RemoveKubeServiceAccountCommand'
        $failures[0].TargetObject | Should -Be 'default/nope'
        Get-KubeServiceAccount ther* | Should -BeNullOrEmpty
    }

    It 'goes back to the cluster that a piped object came from' {
        $account = New-KubeServiceAccount elsewhere
        Disconnect-KubeCluster
        try { $account | Remove-KubeServiceAccount -Confirm:$false }
        finally { Connect-KubeCluster -KubeConfig $sandbox.KubeConfig }
        Get-KubeServiceAccount elsewher* | Should -BeNullOrEmpty
    }
}
