# The same work done with kubectl and with this module on one sandbox must come to the same.
BeforeDiscovery {
    $withoutKubectl = -not (Get-Command kubectl -CommandType Application -ErrorAction Ignore)
    if ($withoutKubectl) { Write-Warning 'kubectl is not installed: nothing is compared with it.' }

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
    $sandbox = Start-TestSandbox
    $before = $env:KUBECONFIG
    $env:KUBECONFIG = $sandbox.KubeConfig
    Connect-KubeCluster -Namespace team-a

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
    $env:KUBECONFIG = $before
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
