# The same work done with kubectl and with this module on one sandbox must come to the same.
BeforeDiscovery {
    $withoutKubectl = -not (Get-Command kubectl -CommandType Application -ErrorAction Ignore)
    if ($withoutKubectl) { Write-Warning 'kubectl is not installed: nothing is compared with it.' }

    # The table of the README, each row with what its two commands must have in common: Compare gets what both gave. Before
    # sets the stage and is run before each of them, so that a row that changes something is not the other's obstacle.
    $readme = (Get-Content (Join-Path $PSScriptRoot '..' '..' 'README.md') -Raw) -replace "`r"
    $table = [regex]::Matches($readme, '(?m)^\| `(?<theirs>kubectl (?:[^`|]|\\\|)*)`(?<plugin> \(plugin\))? \| `(?<ours>.+)` \|$').ForEach{
        @{ Theirs = $_.Groups['theirs'].Value.Replace('\|', '|'); Ours = $_.Groups['ours'].Value.Replace('\|', '|'); IsPlugin = $_.Groups['plugin'].Success }
    }
    $comparisons = @{
        'kubectl get serviceaccounts --all-namespaces' = @{ Compare = {
                $ours | ForEach-Object ToString | Should -Be ($theirs | Select-Object -Skip 1 | ForEach-Object { ($_ -split ' +')[0, 1] -join '/' })
            } }
        'kubectl describe serviceaccount web' = @{
            Before  = { kubectl label serviceaccount web tier=front --overwrite; kubectl annotate serviceaccount web note=n --overwrite }
            Compare = {
                $described = @{}
                foreach ($line in ($ours | Out-String -Width 200) -split '\n') { if ($line -match '^(\S[^:]*?) +: (.*)$') { $described[$Matches[1]] = $Matches[2].Trim() } }
                foreach ($field in 'Name', 'Namespace', 'Labels', 'Annotations', 'Image pull secrets', 'Mountable secrets', 'Tokens', 'Events') {
                    $line = $theirs -match "^${field}:"
                    # kubectl writes an annotation as key: value.
                    $described[$field] -replace '=', ': ' | Should -Be (($line -replace '^[^:]+: +') -replace '=', ': ') -Because $field
                }
            }
        }
        'kubectl get serviceaccounts -o name | grep build' = @{ Compare = { $ours | Should -Be ($theirs -replace '.*/') } }
        'kubectl get serviceaccounts -l app=web -o json' = @{
            Before  = { kubectl label serviceaccount web app=web --overwrite }
            Compare = {
                $item = ($theirs | ConvertFrom-Json).items
                $account = $ours | ConvertFrom-Json
                @($account).Count | Should -Be @($item).Count
                $account.Name, $account.Uid, $account.ResourceVersion, $account.Labels.app | Should -Be $item.metadata.name, $item.metadata.uid, $item.metadata.resourceVersion, 'web'
            }
        }
        'kubectl create serviceaccount robot' = @{
            Before = { kubectl delete serviceaccount robot --ignore-not-found }
            After  = { Get-Made serviceaccount robot }
        }
        'kubectl create -f robot.yaml' = @{
            Before = {
                Set-Location TestDrive:/
                [Environment]::CurrentDirectory = $TestDrive
                Set-Content robot.yaml 'apiVersion: v1', 'kind: ServiceAccount', 'metadata: { name: robot, labels: { app: web } }'
                kubectl delete serviceaccount robot --ignore-not-found
            }
            # A process in a folder that is removed can start no other.
            After  = { Set-Location $PSScriptRoot; [Environment]::CurrentDirectory = $PSScriptRoot; Get-Made serviceaccount robot }
        }
        'kubectl get serviceaccount web -o yaml' = @{ Compare = {
                $written = $theirs -notmatch '^  (uid|resourceVersion|creationTimestamp):' | ForEach-Object { $_ -replace '"' }
                $ours -split '\n' -replace '"' | Sort-Object | Should -Be ($written | Sort-Object)
            } }
        'kubectl create serviceaccount robot --dry-run=client' = @{
            Before = { kubectl delete serviceaccount robot --ignore-not-found }
            After  = { kubectl get serviceaccounts -o name }
        }
        'kubectl label serviceaccount web tier=front old-' = @{
            Before = { kubectl label serviceaccount web tier- old=yes --overwrite }
            After  = { Get-Made serviceaccount web }
        }
        'kubectl get namespaces' = @{ Compare = { $ours.Name | Should -Be ($theirs | Select-Object -Skip 1 | ForEach-Object { ($_ -split ' +')[0] }) } }
        'kubectl create token web --duration 1h' = @{ Compare = {
                $one = ConvertFrom-KubeServiceAccountToken $theirs[0]
                $other = $ours | ConvertFrom-KubeServiceAccountToken
                foreach ($claim in 'Kind', 'UserName', 'ServiceAccountUid', 'Issuer', 'Audiences', 'KeyId') { $other.$claim | Should -Be $one.$claim -Because $claim }
                $other.ExpiresAt - $other.IssuedAt | Should -Be ($one.ExpiresAt - $one.IssuedAt)
            } }
        'kubectl delete serviceaccount reader' = @{
            Before = { if (-not (kubectl get serviceaccount reader -o name 2>$null)) { kubectl create serviceaccount reader } }
            After  = { kubectl get serviceaccounts -o name }
        }
        'kubectl get secrets --field-selector type=kubernetes.io/service-account-token' = @{
            Before  = { Set-TokenSecret }
            Compare = { $ours.Name | Should -Be ($theirs | Select-Object -Skip 1 | ForEach-Object { ($_ -split ' +')[0] }) }
        }
        # base64 -d stops at the first letter that is of base64url alone, so the payload is decoded here.
        'kubectl get secret x -o jsonpath=''{.data.token}'' | base64 -d | cut -d. -f2 | base64 -d' = @{
            Before  = { Set-TokenSecret }
            Instead = { ConvertFrom-Base64 (ConvertFrom-Base64 (kubectl get secret x -o 'jsonpath={.data.token}')).Split('.')[1] }
            Compare = {
                $claims = $theirs | ConvertFrom-Json
                $ours.UserName, $ours.Issuer, $ours.SecretName, $ours.ServiceAccountUid |
                    Should -Be $claims.sub, $claims.iss, $claims.'kubernetes.io/serviceaccount/secret.name', $claims.'kubernetes.io/serviceaccount/service-account.uid'
            }
        }
        'kubectl set serviceaccount deployment web builder' = @{
            Before = { kubectl set serviceaccount deployment web web }
            After  = { kubectl get deployment web -o 'jsonpath={.spec.template.spec}' }
        }
        'kubectl rollout status deployment web' = @{ Compare = {
                $theirs[-1] | Should -BeLike '*successfully rolled out'
                $ours.RolledOut | Should -BeTrue
            } }
        'kubectl auth whoami' = @{ Compare = { Compare-Whoami $ours $theirs } }
        'kubectl auth whoami --as=jane --as-group=developers' = @{ Compare = { Compare-Whoami $ours $theirs } }
        'kubectl auth can-i list pods -n team-a --as=system:serviceaccount:team-a:reader' = @{ Compare = { "$ours" | Should -Be $theirs } }
        'kubectl create rolebinding web-view --clusterrole=view --serviceaccount=team-a:web' = @{
            Before = { Remove-Binding }
            After  = { kubectl get rolebindings -o 'jsonpath={range .items[?(@.subjects[0].name=="web")]}{.roleRef}{.subjects}{end}' }
        }
        'kubectl delete rolebinding web-view' = @{
            Before = { Remove-Binding; kubectl create rolebinding web-view --clusterrole=view --serviceaccount=team-a:web }
            After  = { kubectl get rolebindings -o name }
        }
        'kubectl auth can-i --list' = @{
            Compare = {
                $listed = foreach ($line in $theirs | Select-Object -Skip 1) {
                    if ($line -match '^(?<resource>\S*) +\[(?<urls>.*?)\] +\[(?<names>.*?)\] +\[(?<verbs>.*?)\]') {
                        foreach ($verb in $Matches.verbs -split ' ') { "$verb $($Matches.resource)$($Matches.urls)" }
                    }
                }
                $held = foreach ($rule in $ours) { foreach ($verb in $rule.Verbs) { foreach ($what in $rule.What -split ', ') { "$verb $what" } } }
                $listed | Should -Not -BeNullOrEmpty
                $held | Sort-Object -Unique | Should -Be ($listed | Sort-Object -Unique)
            }
        }
        'kubectl auth can-i --list --as=system:serviceaccount:team-a:web' = @{
            Before  = { Remove-Binding; kubectl create rolebinding web-view --clusterrole=view --serviceaccount=team-a:web }
            Compare = {
                $listed = foreach ($line in $theirs | Select-Object -Skip 1) {
                    if ($line -match '^(?<resource>\S*) +\[(?<urls>.*?)\] +\[(?<names>.*?)\] +\[(?<verbs>.*?)\]') {
                        foreach ($verb in $Matches.verbs -split ' ') { "$verb $($Matches.resource)$($Matches.urls)" }
                    }
                }
                $held = foreach ($rule in $ours | Where-Object Scope -In $null, 'team-a') {
                    foreach ($verb in $rule.Verbs) { foreach ($what in $rule.What -split ', ') { "$verb $what" } }
                }
                $listed | Should -Not -BeNullOrEmpty
                $held | Sort-Object -Unique | Should -Be ($listed | Sort-Object -Unique)
            }
        }
        # Not every kubectl has the plugin: the server is asked about every account instead.
        'kubectl who-can get secrets' = @{
            Instead = {
                foreach ($line in kubectl get serviceaccounts -A --no-headers) {
                    $ns, $name = ($line -split ' +')[0, 1]
                    if ((kubectl auth can-i get secrets --as "system:serviceaccount:${ns}:$name" 2>$null) -eq 'yes') { "$ns/$name" }
                }
            }
            Compare = {
                $theirs | Should -Not -BeNullOrEmpty
                $ours | Where-Object ServiceAccount | ForEach-Object { "$($_.Namespace)/$($_.ServiceAccount)" } | Sort-Object -Unique | Should -Be ($theirs | Sort-Object)
            }
        }
        'kubectl get pods -o json | jq ''.items[] | select(.spec.serviceAccountName == "web")''' = @{
            Instead = { (kubectl get pods -o json | ConvertFrom-Json).items.Where{ $_.spec.serviceAccountName -eq 'web' -and -not $_.metadata.deletionTimestamp } }
            Before  = { kubectl set serviceaccount deployment web web; kubectl rollout status deployment web }
            Compare = { $ours.Pod | Sort-Object -Unique | Should -Be ($theirs.metadata.name | Sort-Object) }
        }
        'kubectl view-serviceaccount-kubeconfig deployer' = @{
            Instead = { kubectl config view --minify --raw -o 'jsonpath={.clusters[0].cluster}' }
            Compare = {
                $file = Join-Path $TestDrive 'deployer.kubeconfig'
                $ours | Set-Content $file
                kubectl config view --minify --raw -o 'jsonpath={.clusters[0].cluster}' --kubeconfig $file | ConvertFrom-Json | ConvertTo-Json |
                    Should -Be ($theirs | ConvertFrom-Json | Select-Object certificate-authority-data, server | ConvertTo-Json)
                kubectl auth whoami --kubeconfig $file -o 'jsonpath={.status.userInfo.username}' | Should -Be 'system:serviceaccount:team-a:deployer'
                kubectl config view --minify -o 'jsonpath={.contexts[0].context.namespace}' --kubeconfig $file | Should -Be 'team-a'
            }
        }
        'kubectl view-secret x token' = @{
            Before  = { Set-TokenSecret }
            Instead = { ConvertFrom-Base64 (kubectl get secret x -o 'jsonpath={.data.token}') }
            Compare = { @($ours) -ccontains "$theirs" | Should -BeTrue }
        }
        'kubectl config get-contexts' = @{ Compare = {
                $lines = $theirs | Select-Object -Skip 1 | ForEach-Object { $_ -replace '^ +', '- ' -replace '^\*', '*' }
                $ours | ForEach-Object { "$($_.IsCurrent ? '*' : '-') $($_.Name) $($_.Cluster) $($_.User)" } | Sort-Object |
                    Should -Be ($lines | ForEach-Object { ($_ -split ' +')[0..3] -join ' ' } | Sort-Object)
            } }
        'kubectl config use-context reader' = @{
            Before = { kubectl config use-context admin }
            After  = { "$((Get-KubeConnection).Context)$(kubectl config current-context)" }
            Expect = @{ Theirs = 'adminreader'; Ours = 'readeradmin' }
        }
    }
    $compared = foreach ($row in $table) {
        if ($comparisons.ContainsKey($row.Theirs)) { $row + $comparisons[$row.Theirs] }
    }

    $reads = @(
        @{ Theirs = 'get serviceaccounts -A -o jsonpath={range.items[*]}{.metadata.namespace}/{.metadata.name}{"\n"}{end}'; Ours = { Get-KubeServiceAccount -AllNamespaces } }
        @{ Theirs = 'get serviceaccounts -n team-a -o name'; Ours = { Get-KubeServiceAccount -Namespace team-a | ForEach-Object { "serviceaccount/$($_.Name)" } } }
        @{ Theirs = 'get serviceaccount web -n team-a -o jsonpath={.automountServiceAccountToken}'; Ours = { "$((Get-KubeServiceAccount web -Namespace team-a).AutomountToken)".ToLower() } }
        @{ Theirs = 'get serviceaccount builder -n team-a -o jsonpath={.imagePullSecrets[*].name}'; Ours = { (Get-KubeServiceAccount builder -Namespace team-a).ImagePullSecrets } }
        @{ Theirs = 'get serviceaccounts -A --field-selector metadata.name=viewer -o name'; Ours = { Get-KubeServiceAccount -A -FieldSelector metadata.name=viewer | ForEach-Object { "serviceaccount/$($_.Name)" } } }
        @{ Theirs = 'auth whoami -o jsonpath={.status.userInfo.username}'; Ours = { (Get-KubeIdentity).UserName } }
        @{ Theirs = 'auth whoami --context reader -o jsonpath={.status.userInfo.groups}'; Ours = { ConvertTo-Json (Get-KubeIdentity -Context reader -KubeConfig $sandbox.KubeConfig).Groups -Compress } }
        @{ Theirs = 'auth can-i list pods -n team-a --as system:serviceaccount:team-a:reader'; Ours = { "$(Test-KubeAccess list pods -ServiceAccount team-a/reader)" } }
        @{ Theirs = 'auth can-i delete deployments.apps -n team-a --as system:serviceaccount:team-a:reader'; Ours = { "$(Test-KubeAccess delete deployments.apps -ServiceAccount team-a/reader)" } }
        @{ Theirs = 'auth can-i get /version --as system:serviceaccount:team-a:reader --as-group system:authenticated'; Ours = { "$(Test-KubeAccess get -NonResourceUrl /version -ServiceAccount team-a/reader)" } }
        @{ Theirs = 'get pods -n team-a -o jsonpath={range.items[?(@.spec.serviceAccountName=="web")]}{.metadata.name}{"\n"}{end}'; Ours = { (Get-KubeServiceAccountUsage web -Namespace team-a).Pod } }
        @{ Theirs = 'config get-contexts -o name'; Ours = { (Get-KubeContext -KubeConfig $sandbox.KubeConfig).Name } }
    )
    $writes = @(
        @{ Kind = 'serviceaccount'; Theirs = 'create serviceaccount NAME'; Ours = { New-KubeServiceAccount NAME } }
        @{ Kind = 'serviceaccount'; Theirs = 'create serviceaccount NAME', 'label serviceaccount NAME app=web gold=true', 'label serviceaccount NAME gold-', 'annotate serviceaccount NAME note=n'
            Ours = { New-KubeServiceAccount NAME -Label @{ app = 'web'; gold = $true } | Set-KubeServiceAccount -Label @{ gold = $null } -Annotation @{ note = 'n' } } }
        @{ Kind = 'deployment'; Theirs = 'create deployment NAME --image=i', 'set serviceaccount deployment NAME builder'
            Ours = { kubectl create deployment NAME --image=i; Set-KubeWorkloadServiceAccount NAME builder } }
        @{ Kind = 'rolebinding'; Theirs = 'create rolebinding NAME --clusterrole=view --serviceaccount=team-a:web'; Ours = { Grant-KubeServiceAccountRole web -ClusterRole view -BindingName NAME } }
        @{ Kind = 'rolebinding'; Theirs = 'create rolebinding NAME --role=pod-reader --serviceaccount=team-b:viewer'; Ours = { Grant-KubeServiceAccountRole team-b/viewer -Role pod-reader -Namespace team-a -BindingName NAME } }
        @{ Kind = 'clusterrolebinding'; Theirs = 'create clusterrolebinding NAME --clusterrole=view --serviceaccount=team-a:web'; Ours = { Grant-KubeServiceAccountRole web -ClusterRole view -ClusterWide -BindingName NAME } }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $userKubeConfig = $env:KUBECONFIG

    function Enter-Sandbox {
        $sandbox = Start-TestSandbox
        # A copy, for kubectl writes into it.
        $env:KUBECONFIG = Join-Path $TestDrive "kubeconfig-$($sandbox.ProcessId)"
        Copy-Item $sandbox.KubeConfig $env:KUBECONFIG
        if (Get-Command kubectl -CommandType Application -ErrorAction Ignore) { $null = kubectl config set-context admin --namespace team-a }
        Connect-KubeCluster admin
        $sandbox
    }
    $sandbox = Enter-Sandbox

    function ConvertFrom-Base64([string] $Text) {
        $plain = $Text.Replace('-', '+').Replace('_', '/')
        [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($plain.PadRight($plain.Length + (4 - $plain.Length % 4) % 4, '=')))
    }

    # A token Secret x of the account web, filled.
    function Set-TokenSecret {
        if (-not (Get-KubeSaTokenSecret x -ErrorAction Ignore)) { New-KubeSaTokenSecret web x }
    }

    function Remove-Binding {
        kubectl delete rolebinding web-view view-web --ignore-not-found
    }

    function Compare-Whoami($Ours, $Theirs) {
        $Ours.UserName | Should -Be (($Theirs -match '^Username') -replace '^Username +')
        $Ours.Groups -join ' ' | Should -Be (($Theirs -match '^Groups') -replace '^Groups +\[|\]$')
    }

    function Invoke-Theirs([string] $Line) {
        # Through a shell, for some of the lines are pipelines and have its quotes.
        @(if ($IsWindows) { Invoke-Expression $Line } else { sh -c $Line })
    }

    function Invoke-Kubectl([string] $Line) {
        $answer = kubectl @($Line -split ' ') 2>$null
        @($answer | ForEach-Object { $_.Trim() } | Where-Object { $_ })
    }

    # The object as it came to be, without what differs from one to the next.
    function Get-Made([string] $Kind, [string] $Name) {
        $item = kubectl get $Kind $Name -n team-a -o json | ConvertFrom-Json -Depth 50
        $item.metadata = $item.metadata | Select-Object * -ExcludeProperty uid, resourceVersion, creationTimestamp, managedFields, generation
        ($item | Select-Object * -ExcludeProperty status | ConvertTo-Json -Depth 50 -Compress) -replace $Name, 'NAME'
    }
}
AfterAll {
    $env:KUBECONFIG = $userKubeConfig
    Stop-TestSandbox
}

Describe 'What kubectl reads and we do' -Skip:$withoutKubectl {
    It 'is the same: kubectl <Theirs>' -ForEach $reads {
        $theirs = Invoke-Kubectl $Theirs
        $ours = @(& $Ours | ForEach-Object { "$_" })
        $theirs | Should -Not -BeNullOrEmpty
        ($ours | Sort-Object) | Should -Be ($theirs | Sort-Object)
    }
}

Describe 'What kubectl changes and we do' -Skip:$withoutKubectl {
    It 'comes to the same: kubectl <Theirs>' -ForEach $writes {
        $stem = [guid]::NewGuid().ToString('n').Substring(0, 8)
        # A role is granted once: whoever holds it already gets no second binding.
        foreach ($line in $Theirs) { $null = Invoke-Kubectl "$($line -creplace 'NAME', "theirs-$stem") -n team-a" }
        $theirs = Get-Made $Kind "theirs-$stem"
        if ($Kind -like '*binding') { kubectl delete $Kind "theirs-$stem" -n team-a 2>&1 | Out-Null }
        $script = "$Ours" -creplace 'NAME', "ours-$stem" -replace '--image=i', '--image=i -n team-a'
        & ([scriptblock]::Create($script)) | Out-Null
        Get-Made $Kind "ours-$stem" | Should -Be $theirs
    }

    It 'deletes an account' {
        $null = New-KubeServiceAccount one, two
        kubectl delete serviceaccount one -n team-a | Out-Null
        Remove-KubeServiceAccount two -Confirm:$false
        kubectl get serviceaccounts -n team-a -o name | Should -Not -Match '/(one|two)$'
    }

    It 'issues tokens of the same kind' {
        $theirs = kubectl create token web -n team-a --duration 2h --audience vault | ConvertFrom-KubeServiceAccountToken
        $ours = New-KubeServiceAccountToken web -Duration 2:00:00 -Audience vault | ConvertFrom-KubeServiceAccountToken
        foreach ($claim in 'Kind', 'UserName', 'ServiceAccountUid', 'Issuer', 'Audiences', 'KeyId', 'Algorithm') {
            $ours.$claim | Should -Be $theirs.$claim -Because $claim
        }
        ($ours.ExpiresAt - $ours.IssuedAt) | Should -Be ($theirs.ExpiresAt - $theirs.IssuedAt)
    }

    It 'decodes a Secret as base64 -d does' {
        $secret = New-KubeSaTokenSecret web key -AsPlainText
        $theirs = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String((kubectl get secret key -n team-a -o 'jsonpath={.data.token}')))
        $secret.Token -ceq $theirs | Should -BeTrue
    }
}

Describe 'The table of the README' {
    BeforeAll { $sandbox = Enter-Sandbox }

    It 'is compared row by row' -ForEach @{ table = $table; comparisons = $comparisons; readme = $readme } {
        $rows = $table.Theirs.Where{ -not $comparisons.ContainsKey($_) }
        $rows | Should -BeNullOrEmpty -Because 'each row needs a comparison above'
        $table.Count | Should -Be $comparisons.Count
        $table.Count | Should -Be ([regex]::Matches($readme, '(?m)^\| `kubectl ').Count)
    }

    It '<Theirs> and <Ours> come to the same' -ForEach $compared -Skip:$withoutKubectl {
        Connect-KubeCluster admin
        if ($Before) { $null = & $Before 2>&1 }
        $theirs = @(if ($Instead) { & $Instead } else { Invoke-Theirs $Theirs })
        if ($IsPlugin) { $Instead | Should -Not -BeNullOrEmpty -Because 'the plugin may not be there' } elseif (-not $Instead) { $LASTEXITCODE | Should -Be 0 }
        $theirsAfter = if ($After) { & $After }

        if ($Before) { $null = & $Before 2>&1 }
        $ours = & ([scriptblock]::Create($Ours))
        if ($Expect) {
            $theirsAfter | Should -Be $Expect.Theirs
            & $After | Should -Be $Expect.Ours
        }
        elseif ($After) {
            $theirsAfter | Should -Not -BeNullOrEmpty
            & $After | Should -Be $theirsAfter
        }
        else {
            $theirs | Should -Not -BeNullOrEmpty
            . $Compare
        }
    }
}
