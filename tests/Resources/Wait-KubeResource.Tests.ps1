BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    function New-Map($name, $data = @{ a = 'b' }) {
        New-KubeResource @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = $name; namespace = 'team-a' }; data = $data }
    }

    # Does something at the cluster once the server has let it be watched, which -Verbose tells.
    function Wait-While([hashtable] $Wait, [scriptblock] $Change) {
        $isChanged = $false
        Wait-KubeResource @Wait -Namespace team-a -TimeoutSeconds 60 -ErrorAction Stop -Verbose 4>&1 | ForEach-Object {
            if ($_ -isnot [Management.Automation.VerboseRecord]) { $_ }
            elseif (-not $isChanged -and $_.Message -match 'watch=true') {
                $isChanged = $true
                $null = & $Change
            }
        }
    }
}
AfterAll { Stop-TestSandbox }

Describe 'Wait-KubeResource' {
    It 'outputs at once what is as it is wanted: <For>' -ForEach @(
        @{ For = 'condition=Available' }
        @{ For = 'Condition=available=true' }
        @{ For = 'jsonpath={.status.readyReplicas}=2' }
        @{ For = "jsonpath='{.status.conditions[0].type}'=Available" }
        @{ For = 'jsonpath={.spec.replicas}' }
        @{ For = 'create' }
        @{ For = { $_.status.readyReplicas -eq $_.spec.replicas } }
    ) {
        $web = Wait-KubeResource deploy/web -Namespace team-a -For $For -TimeoutSeconds 60 -ErrorAction Stop
        $web.metadata.name | Should -Be 'web'
        $web.PSObject.TypeNames[0] | Should -Be 'KubeSa.Resource#apps/v1/Deployment'
        Wait-KubeResource deploy/web -Namespace team-a -For $For -TimeoutSeconds 0 -ErrorAction Stop | Should -HaveCount 1
    }

    It 'waits for a change that comes later' {
        $null = New-Map later
        $met = Wait-While @{ Resource = 'configmaps'; Name = 'later'; For = { $_.data.a -eq 'c' } } {
            Set-KubeResource configmaps/later -Namespace team-a -Patch @{ data = @{ a = 'c' } }
        }
        $met.data.a | Should -Be 'c'
    }

    It 'waits for the deletion of what is piped, and takes one of its name for another' {
        $first = New-Map passing
        $gone = Wait-While @{ Resource = 'configmaps/passing'; For = 'delete' } { $first | Remove-KubeResource -Confirm:$false }
        $gone.metadata.uid | Should -Be $first.metadata.uid
        $null = New-Map passing
        $first | Wait-KubeResource -For delete -TimeoutSeconds 60 -ErrorAction Stop | Should -BeNullOrEmpty
        { $first | Wait-KubeResource -For create -TimeoutSeconds 60 -ErrorAction Stop } | Should -Throw -ErrorId 'Conflict,KubeSa.Cmdlets.WaitKubeResourceCommand'
        Wait-KubeResource configmaps/none -Namespace team-a -For delete -TimeoutSeconds 60 -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'waits for a creation' {
        (Wait-While @{ Resource = 'configmaps/coming'; For = 'create' } { New-Map coming }).metadata.name | Should -Be 'coming'
    }

    It 'says TimedOut for each that is not as wanted, and what it lacks: <For>' -ForEach @(
        @{ For = 'condition=Ready=False'; Lacks = 'condition Ready is True' }
        @{ For = 'condition=Nonsense'; Lacks = 'no condition Nonsense' }
        @{ For = 'jsonpath={.status.phase}=Failed'; Lacks = "is 'Running'" }
        @{ For = 'jsonpath={.status.nonsense}'; Lacks = 'no .status.nonsense' }
        @{ For = 'delete'; Lacks = 'nobody has deleted it' }
        @{ For = { $false }; Lacks = 'script block' }
    ) {
        $null = Wait-KubeResource pods build-7 -Namespace team-a -For $For -TimeoutSeconds 0 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'TimedOut,KubeSa.Cmdlets.WaitKubeResourceCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        $failures[0].TargetObject | Should -Be 'team-a/build-7'
        $failures[0].Exception.Message | Should -BeLike "*$Lacks*"
    }

    It 'ends in time, with those that are met behind it' {
        $null = New-Map met @{ ready = 'yes' }
        $null = New-Map unmet @{ ready = 'no' }
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $met = Wait-KubeResource configmaps met, unmet -Namespace team-a -For { $_.data.ready -eq 'yes' } -TimeoutSeconds 2 -ErrorVariable failures -ErrorAction SilentlyContinue
        $clock.Elapsed.TotalSeconds | Should -BeGreaterThan 1.5
        $met.metadata.name | Should -Be 'met'
        $failures.TargetObject | Should -Be 'team-a/unmet'
    }

    It 'does not take nothing for success: <What>' -ForEach @(
        @{ What = 'pods/nope'; Id = 'NotFound' }
        @{ What = 'deploy/nope'; Id = 'WorkloadNotFound' }
        @{ What = 'pods'; Selector = 'app=nope'; Id = 'NotFound' }
    ) {
        $selector = if ($Selector) { @{ LabelSelector = $Selector } } else { @{} }
        { Wait-KubeResource $What -Namespace team-a @selector -For condition=Ready -TimeoutSeconds 60 -ErrorAction Stop } |
            Should -Throw -ErrorId "$Id,KubeSa.Cmdlets.WaitKubeResourceCommand"
    }

    It 'says that it was deleted while its condition was waited for' {
        $null = New-Map going
        { Wait-While @{ Resource = 'configmaps/going'; For = { $false } } { Remove-KubeResource configmaps/going -Namespace team-a -Confirm:$false } } |
            Should -Throw -ErrorId 'NotFound,KubeSa.Cmdlets.WaitKubeResourceCommand'
    }

    It 'refuses what cannot be waited for: <For>' -ForEach @(
        @{ For = 'Ready' }, @{ For = 'condition=' }, @{ For = 'jsonpath=status' }, @{ For = 'jsonpath={.items[?(@.a)]}' }, @{ For = 7 }
    ) {
        { Wait-KubeResource pods build-7 -Namespace team-a -For $For -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,KubeSa.Cmdlets.WaitKubeResourceCommand'
    }

    It 'says what is wrong with a script block' {
        { Wait-KubeResource pods build-7 -Namespace team-a -For { throw 'oops' } -TimeoutSeconds 60 -ErrorAction Stop } |
            Should -Throw '*oops*' -ErrorId 'InvalidRequest,KubeSa.Cmdlets.WaitKubeResourceCommand'
    }
}
