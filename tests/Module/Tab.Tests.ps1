# Tab in a real session. What the cluster has is looked at in the C# tests; here, that nothing offers files which takes none.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $hidden = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
    $commands = foreach ($command in Get-Command -Module KubeSa -CommandType Cmdlet) {
        $parameters = $command.Parameters.Values | Where-Object {
            -not $_.SwitchParameter -and $_.Name -notin $hidden -and
            $_.Attributes.Where{ $_ -is [Parameter] }.Where{ -not $_.DontShow }
        }
        @{ Command = $command.Name; Parameters = @($parameters | ForEach-Object Name) }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $files = 'KubeConfig', 'Path', 'LiteralPath', 'MountPath', 'TokenFile', 'ClientCertificate', 'ClientKey', 'CertificateAuthority', 'Jwks', 'PublicKey', 'Evidence',
        'Snapshot', 'Reference', 'Difference', 'Exception', 'AuditLog', 'UndoPath'
    $before = $env:KUBECONFIG
    $env:KUBECONFIG = Join-Path $TestDrive 'no-such-kubeconfig'
    Push-Location $TestDrive
    Set-Content zz-file ''
}
AfterAll {
    Pop-Location
    $env:KUBECONFIG = $before
}

Describe 'Tab' {
    It 'offers file names for the parameters of <Command> that take files, and for no others' -ForEach $commands {
        foreach ($parameter in $Parameters) {
            $line = "$Command -$parameter zz"
            $isOffered = (TabExpansion2 $line $line.Length).CompletionMatches.ListItemText -contains 'zz-file'
            # Of a server's paths there is one cmdlet.
            $takesFiles = $parameter -in $files -and "$Command -$parameter" -ne 'Invoke-KubeRestMethod -Path'
            $isOffered | Should -Be $takesFiles -Because $line
        }
    }

    It 'completes the alias that has the module''s name in it' {
        (TabExpansion2 'ConvertFrom-KubeSaT').CompletionMatches.CompletionText | Should -Be 'ConvertFrom-KubeSaTokenSecret'
        (Get-Command *Kube* -Module KubeSa).Name | Should -Contain 'ConvertFrom-KubeSaTokenSecret'
    }
}
