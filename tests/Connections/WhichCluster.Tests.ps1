# The first promise: a command acts on the cluster that its user means, or on none. Two clusters with the same names in both, and
# a row for each case. Which one was touched is seen by the requests that each got. The current connection is that of test.
BeforeDiscovery {
    # How an account that was read from prod comes down the pipeline; or one of the user's own.
    $forms = 'live', 'from another runspace', 'job', 'CLIXML', 'JSON', 'Select-Object *', 'CSV', 'own'
    $lost = $forms[2..6]
    $typed = '', '-Connection $test', '-Connection $prod', '-Context test', '-Context prod', '-KubeConfig $testFile', '-KubeConfig $prodFile'

    # Those that change the object itself must not do so on another cluster than its own; Remove- comes last.
    $commands = [ordered]@{
        'Get-KubeServiceAccount'                           = 'read'
        'Get-KubeAccessRule'                               = 'read'
        'Test-KubeAccess list pods'                        = 'read'
        'Get-KubeSaTokenSecret'                            = 'read'
        'Get-KubeServiceAccountUsage'                      = 'read'
        'New-KubeServiceAccount -Namespace team-b'         = 'make'
        'New-KubeServiceAccountToken'                      = 'make'
        'Export-KubeServiceAccountKubeConfig'              = 'make'
        'Grant-KubeServiceAccountRole -ClusterRole edit'   = 'make'
        'Set-KubeServiceAccount -Label @{ seen = "yes" }'  = 'change'
        'Set-KubeWorkloadServiceAccount shop'              = 'change'
        'Revoke-KubeServiceAccountRole -ClusterRole view'  = 'change'
        'Remove-KubeServiceAccount -Confirm:$false'        = 'change'
    }

    # The rule, as a user would put it.
    function Get-Expected([string] $Form, [string] $Typed, [string] $Kind) {
        $named = if ($Typed -match 'prod') { 'prod' } elseif ($Typed) { 'test' }
        $goes = if ($named) { $named } elseif ($Form -eq 'own' -or $Form -in $lost) { 'test' } else { 'prod' }
        if ($Form -eq 'own' -or $goes -eq 'prod') { return $goes }
        if ($Kind -eq 'change' -or !$named) { return 'ConnectionMismatch' }
        $goes
    }

    $cases = foreach ($command in $commands.Keys) {
        for ($f = 0; $f -lt $forms.Count; $f++) {
            for ($t = 0; $t -lt $typed.Count; $t++) {
                @{
                    Form = $forms[$f]; Typed = $typed[$t]; Command = $command; Kind = $commands[$command]; Index = $f * $typed.Count + $t
                    Expected = Get-Expected $forms[$f] $typed[$t] $commands[$command]
                }
            }
        }
    }

    # Other objects than accounts, and objects that are given and not piped; each where it leads by itself, and with test typed.
    $others = @(
        @{ Command = '$account | New-KubeSaTokenSecret -Name (New-Guid)'; Kind = 'make' }
        @{ Command = '$secret | Get-KubeServiceAccount'; Kind = 'read' }
        @{ Command = '$secret.Info | Get-KubeServiceAccount'; Kind = 'read' }
        @{ Command = '$secret | Remove-KubeSaTokenSecret -Confirm:$false'; Kind = 'change' }
        @{ Command = '$full.Tokens | Remove-KubeSaTokenSecret -Confirm:$false'; Kind = 'change' }
        @{ Command = '$workload | Set-KubeWorkloadServiceAccount -ServiceAccount default'; Kind = 'change' }
        @{ Command = '$usage | Get-KubeServiceAccount'; Kind = 'read' }
        @{ Command = '$rule | Get-KubeServiceAccount'; Kind = 'read' }
        @{ Command = '$subject | Get-KubeServiceAccount'; Kind = 'read' }
        @{ Command = 'Get-KubeServiceAccount $account'; Kind = 'read' }
        @{ Command = 'Get-KubeAccessRule $account'; Kind = 'read' }
        @{ Command = 'Grant-KubeServiceAccountRole $account -ClusterRole ($Form -eq "live" ? "admin" : "edit")'; Kind = 'make' }
        @{ Command = 'Set-KubeWorkloadServiceAccount shop -Namespace team-a -ServiceAccount $account'; Kind = 'change' }
        @{ Command = 'Remove-KubeServiceAccount $account -Confirm:$false'; Kind = 'change' }
    )
    $otherCases = foreach ($case in $others) {
        foreach ($form in 'live', 'CLIXML') {
            foreach ($word in '', '-Context test') {
                $case + @{ Form = $form; Typed = $word; Expected = Get-Expected $form $word $case.Kind }
            }
        }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    Import-Module (Join-Path $PSScriptRoot 'TwoClusters.psm1')

    # Each form with each way to type has an account of its own, for some end with it.
    $names = 1..100 | ForEach-Object { "mover-$_" }
    $clusters = Start-TwoClusters $names -Folder $TestDrive
    $prod, $test = $clusters.prod.Connection, $clusters.test.Connection
    $prodFile, $testFile = $clusters.prod.File, $clusters.test.File
    $inputs = Get-Forms @($names | Get-KubeServiceAccount -Namespace team-a -Connection $prod) -Folder $TestDrive
    $live = @{ account = $inputs['live'][98] }
    $live.secret = $live.account | New-KubeSaTokenSecret -Name one
    $null = $inputs['live'][97] | New-KubeSaTokenSecret -Name two
    foreach ($name in 'one', 'two') { $null = New-KubeSaTokenSecret team-a/mover-99 $name -Connection $test }
    $live.full = Get-KubeServiceAccount mover-98 -Namespace team-a -IncludeTokens -Connection $prod
    $live.workload = Set-KubeWorkloadServiceAccount shop -ServiceAccount mover-99 -Namespace team-a -Connection $prod
    $live.usage = Get-KubeServiceAccountUsage mover-99 -Namespace team-a -Connection $prod
    $live.rule = (Get-KubeAccessRule team-a/mover-99 -Connection $prod)[0]
    $live.subject = (Get-KubeRoleBinding -Namespace team-a -Connection $prod).Subjects.Where({ $_.Name -eq 'mover-99' })[0]
    $null = Connect-KubeCluster -KubeConfig $testFile
    $kubeConfig = $env:KUBECONFIG
    $env:KUBECONFIG = "$testFile$([IO.Path]::PathSeparator)$prodFile"
}
AfterAll {
    $env:KUBECONFIG = $kubeConfig
    Stop-TestSandbox
}

Describe 'Which cluster' {
    BeforeAll {
        function Test-Case([string] $Command, [string] $Kind, [string] $Expected) {
            $null = Get-Outcome $clusters
            $null = . ([scriptblock]::Create("$Command -ErrorAction SilentlyContinue -ErrorVariable failures"))
            $outcome = Get-Outcome $clusters
            if ($Expected -eq 'ConnectionMismatch') {
                $failures.FullyQualifiedErrorId | Should -BeLike 'ConnectionMismatch,*'
                $outcome.Asked | Should -BeNullOrEmpty
            }
            else {
                $failures | Should -BeNullOrEmpty
                $outcome.Asked | Should -Be $Expected
                if ($Kind -ne 'read') { $outcome.Changed | Should -Be $Expected }
            }
        }
    }

    It '<form> | <command> <typed>: <expected>' -ForEach $cases {
        $piped = $inputs[$Form][$Index]
        Test-Case "`$piped | $Command $Typed" $Kind $Expected
    }

    It '<form>: <command> <typed>: <expected>' -ForEach $otherCases {
        foreach ($name in $live.Keys) {
            $value = $Form -eq 'live' ? $live[$name] : [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($live[$name], 3))
            Set-Variable $name $value
        }
        Test-Case "$Command $Typed" $Kind $Expected
    }
}
