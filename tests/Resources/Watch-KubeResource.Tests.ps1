BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox

    # Does something at the cluster while a watch runs: the first once the server has let it be watched, which -Verbose tells,
    # and each of the others when the one before has been told.
    function Watch-While([hashtable] $Watch, [scriptblock[]] $Change) {
        $next = 0
        Watch-KubeResource @Watch -TimeoutSeconds 60 -Count $Change.Count -OnlyChanges -ErrorAction Stop -Verbose 4>&1 | ForEach-Object {
            $isTold = $_ -isnot [Management.Automation.VerboseRecord]
            if ($isTold) { $_ }
            if ($next -lt $Change.Count -and ($isTold -or ($next -eq 0 -and $_.Message -match 'watch=true'))) {
                $null = & $Change[$next++]
            }
        }
    }
}
AfterAll { Stop-TestSandbox }

Describe 'Watch-KubeResource' {
    It 'tells what is there first, as Added, with the objects that Get-KubeResource gives' {
        $events = Watch-KubeResource pods -Namespace team-a -TimeoutSeconds 2 -ErrorAction Stop
        $events | Should -BeOfType KubeSa.WatchEvent
        $events.Type | Select-Object -Unique | Should -Be 'Added'
        $events.Name | Sort-Object | Should -Be ((Get-KubeResource pods -Namespace team-a).Name | Sort-Object)
        $events[0].Object.PSObject.TypeNames[0] | Should -Be 'KubeSa.Resource#v1/Pod'
        $events[0].Object.metadata.name | Should -Be $events[0].Name
        $events[0].Kind, $events[0].Namespace | Should -Be 'Pod', 'team-a'
        $events[0].Connection | Should -BeOfType KubeSa.Connection
    }

    It 'tells what is added, modified and deleted as it happens' {
        $events = Watch-While @{ Resource = 'configmaps'; Name = 'watched'; Namespace = 'team-a' } @(
            { New-KubeResource @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'watched'; namespace = 'team-a' }; data = @{ v = '1' } } }
            { Set-KubeResource configmaps/watched -Namespace team-a -Patch @{ data = @{ v = '2' } } }
            { Remove-KubeResource configmaps/watched -Namespace team-a -Confirm:$false }
        )
        $events.Type | Should -Be 'Added', 'Modified', 'Deleted'
        $events.Object.data.v | Should -Be '1', '2', '2'
        "$($events[2])" | Should -Be 'Deleted ConfigMap team-a/watched'
    }

    It 'ends with the first that Select-Object wants, and takes several kinds, names and namespaces' {
        Watch-KubeResource pods, deploy -AllNamespaces -ErrorAction Stop | Select-Object -First 1 | Should -BeOfType KubeSa.WatchEvent
        $events = Watch-KubeResource pods, deploy -Name web*, build-7 -Namespace team-a, team-b -TimeoutSeconds 2 -ErrorAction Stop
        $events.Name | Should -Contain 'build-7'
        $events.Kind | Sort-Object -Unique | Should -Be 'Deployment', 'Pod'
    }

    It 'takes what is piped: objects, and namespaces' {
        (Get-KubeResource deploy/web -Namespace team-a | Watch-KubeResource -Count 1 -TimeoutSeconds 60).Name | Should -Be 'web'
        (Get-KubeNamespace team-a, team-b | Watch-KubeResource serviceaccounts -TimeoutSeconds 2).Namespace | Sort-Object -Unique | Should -Be 'team-a', 'team-b'
    }

    It 'gives events that the cmdlets take which act on objects' {
        $null = New-KubeResource @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'acted-on'; namespace = 'team-a' } }
        Watch-KubeResource configmaps/acted-on -Namespace team-a -Count 1 -TimeoutSeconds 60 | Remove-KubeResource -Confirm:$false -ErrorAction Stop
        Get-KubeResource configmaps acted* -Namespace team-a | Should -BeNullOrEmpty
    }

    It 'is shown as kubectl shows it, and in columns that are properties' {
        $events = Watch-KubeResource deploy/web -Namespace team-a -Count 1 -TimeoutSeconds 60
        ($events | Out-String) -split '\r?\n' -ne '' | Select-Object -First 2 | Should -Be @(
            'EVENT      NAME   READY   UP-TO-DATE   AVAILABLE   AGE'
            ($events | ForEach-Object { "ADDED      $($_.Object.RowText)" })
        )
        $events | Where-Object { $_.Type -eq 'Added' -and $_.Namespace -eq 'team-a' } | Should -HaveCount 1
        ($events | ConvertTo-Json -Depth 20 | ConvertFrom-Json).Type | Should -Be 'Added'
    }

    It 'counts rights: <Verb> alone is <Id>' -ForEach @(
        @{ Verb = 'list'; Id = 'Forbidden' }
        @{ Verb = 'watch'; Id = 'Forbidden' }
    ) {
        $null = New-KubeServiceAccount "only-$Verb" -Namespace team-b
        $null = New-KubeRole "only-$Verb" -Namespace team-b -Verb $Verb -Resource configmaps
        $null = Grant-KubeServiceAccountRole "team-b/only-$Verb" -Role "only-$Verb" -Namespace team-b
        $connection = New-KubeConnection -KubeConfig $sandbox.KubeConfig -As "system:serviceaccount:team-b:only-$Verb"
        $null = Watch-KubeResource configmaps -Namespace team-b -TimeoutSeconds 20 -Connection $connection -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be "$Id,KubeSa.Cmdlets.WatchKubeResourceCommand"
        $failures[0].Exception.Message | Should -Match $(if ($Verb -eq 'list') { "'watch'" } else { "'list'" })
    }

    It 'says which resource is unknown and watches the others' {
        $events = Watch-KubeResource nonsuch, pods -Namespace team-a -Count 1 -TimeoutSeconds 60 -ErrorVariable failures -ErrorAction SilentlyContinue
        $events | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'NotFound,KubeSa.Cmdlets.WatchKubeResourceCommand'
    }
}
