BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    New-KubeRole pod-maker -Namespace tools -Verb create -Resource pods | Out-Null
    Grant-KubeServiceAccountRole default -Role pod-maker -Namespace tools | Out-Null
}
AfterAll { Stop-TestSandbox }

Describe 'Find-KubeEscalationPath' {
    It 'says step by step how, by what and under which condition' {
        $path = Find-KubeEscalationPath tools/default | Select-Object -First 1
        $path.From, $path.To, $path.Certainty | Should -Be 'tools/default', 'cluster-admin', 'Certain'
        $path.Steps.Edge | Should -Be 'CreatePods', 'HoldsEverything'
        $path.Steps[0].Binding | Should -Be 'RoleBinding tools/pod-maker-default'
        $path.Steps[0].Role | Should -Be 'Role tools/pod-maker'
        $path.Steps[0].Rule | Should -Be 'create pods'
        $path.Steps[0].Condition | Should -Not -BeNullOrEmpty
        $path.Cut | Should -Be 'RoleBinding tools/pod-maker-default'
        $path.Cluster | Should -Not -BeNullOrEmpty
    }

    It 'searches all accounts, those of the pipeline, and those that names with wildcards fit' {
        (Find-KubeEscalationPath).From | Sort-Object -Unique | Should -Be 'tools/ci-robot', 'tools/default'
        (Get-KubeServiceAccount -Namespace tools | Find-KubeEscalationPath).From | Sort-Object -Unique | Should -Be 'tools/ci-robot', 'tools/default'
        (Find-KubeEscalationPath tools/ci-*).From | Should -Be 'tools/ci-robot'
        Find-KubeEscalationPath team-b/* | Should -BeNullOrEmpty
    }

    It 'closes with the cut' {
        $cut = (Find-KubeEscalationPath tools/default)[0].Cut
        $cut | Should -Be 'RoleBinding tools/pod-maker-default'
        Revoke-KubeServiceAccountRole default -Role pod-maker -Namespace tools -Confirm:$false | Out-Null
        try { Find-KubeEscalationPath tools/default | Should -BeNullOrEmpty }
        finally { Grant-KubeServiceAccountRole default -Role pod-maker -Namespace tools | Out-Null }
    }

    It 'looks for <Target>' -ForEach @(
        @{ Target = 'secrets'; To = 'secrets' }
        @{ Target = 'system:masters'; To = 'system:masters' }
        @{ Target = 'node'; To = 'node node-1' }
        @{ Target = 'namespace/kube-system'; To = 'namespace kube-system' }
        @{ Target = 'team-a/reader'; To = 'ServiceAccount team-a/reader' }
    ) {
        (Find-KubeEscalationPath tools/ci-robot $Target | Select-Object -First 1).To | Should -Be $To
    }

    It 'leaves out what takes more steps' {
        Find-KubeEscalationPath tools/default -MaxSteps 1 | Should -BeNullOrEmpty
    }

    It 'judges files, which may come by the pipeline, and needs no server then' {
        $file = Export-KubeAccessSnapshot (Join-Path $TestDrive 'one.json.gz')
        $live = Find-KubeEscalationPath | ForEach-Object ToString
        Find-KubeEscalationPath -Snapshot $file.FullName | ForEach-Object ToString | Should -Be $live
        Get-ChildItem $TestDrive -Filter *.gz | Find-KubeEscalationPath | ForEach-Object ToString | Should -Be $live
        Find-KubeEscalationPath tools/default -Snapshot (Join-Path $TestDrive '*.json.gz') | Should -Not -BeNullOrEmpty
        Find-KubeEscalationPath default -Snapshot $file.FullName | ForEach-Object From | Sort-Object -Unique | Should -Be 'tools/default'
    }

    It 'says what is not there, and what is no target' {
        { Find-KubeEscalationPath tools/nope -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceAccountNotFound,*'
        { Find-KubeEscalationPath -Target something -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        { Find-KubeEscalationPath -Target namespace/nope -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
        { Find-KubeEscalationPath -Snapshot (Join-Path $TestDrive 'none.json') -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
        Set-Content (Join-Path $TestDrive 'bad.json') '{}'
        { Find-KubeEscalationPath -Snapshot (Join-Path $TestDrive 'bad.json') -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidSnapshot,*'
    }

    It 'says what could not be looked at' {
        New-KubeRole path-reader -ClusterWide -Verb get, list -Resource namespaces, serviceaccounts | Out-Null
        Grant-KubeServiceAccountRole reader -Namespace team-a -ClusterRole path-reader -ClusterWide | Out-Null
        $mine = Export-KubeServiceAccountKubeConfig reader -Namespace team-a -Path (Join-Path $TestDrive 'reader.kubeconfig')
        Find-KubeEscalationPath -KubeConfig $mine.FullName -WarningVariable told -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$told" | Should -BeLike '*secrets*could not be looked at*'
    }

    It 'is readable as a table and as a list' {
        $shown = Find-KubeEscalationPath | Get-View
        $shown | Should -Match 'Certainty\s+From\s+To\s+Route'
        Find-KubeEscalationPath tools/default | Format-List | Get-View | Should -Match 'Steps\s+: 1\. ServiceAccount tools/default -> '
    }

    # A certain path is walked: what it says is done, by the account itself, and at the end it may do everything.
    It 'is right where it is certain: <Edge>' -ForEach @(
        @{
            Edge = 'TokenRequest'
            Rule = @{ verbs = @('create'); apiGroups = @(''); resources = @('serviceaccounts/token'); resourceNames = @('ci-robot') }
            Walk = { param($me) Join-Cluster (New-KubeServiceAccountToken ci-robot -Namespace tools -Connection $me).Token }
        }
        @{
            Edge = 'Impersonate'
            Rule = @{ verbs = @('impersonate'); apiGroups = @(''); resources = @('serviceaccounts'); resourceNames = @('ci-robot') }
            Walk = { param($me, $token) New-KubeConnection -Server $sandbox.Url -Token $token -CertificateAuthority $sandbox.CertificateAuthority -As system:serviceaccount:tools:ci-robot }
        }
        @{
            Edge = 'CreateTokenSecret'
            Rule = @{ verbs = @('create', 'get'); apiGroups = @(''); resources = @('secrets') }
            Walk = {
                param($me)
                New-KubeResource @{ apiVersion = 'v1'; kind = 'Secret'; type = 'kubernetes.io/service-account-token'; metadata = @{ name = 'walked'; namespace = 'tools'; annotations = @{ 'kubernetes.io/service-account.name' = 'ci-robot' } } } -Connection $me | Out-Null
                $limit = [datetime]::UtcNow.AddSeconds(60)
                do { $data = (Get-KubeResource secrets walked -Namespace tools -Connection $me).data.token } until ($data -or [datetime]::UtcNow -gt $limit)
                Join-Cluster (ConvertTo-SecureString ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($data))) -AsPlainText)
            }
        }
        @{
            Edge = 'BindRole'
            ClusterWide = $true
            Rule = @{ verbs = @('bind', 'create'); apiGroups = @('rbac.authorization.k8s.io'); resources = @('clusterroles', 'clusterrolebindings') }
            Walk = {
                param($me)
                New-KubeResource @{
                    apiVersion = 'rbac.authorization.k8s.io/v1'; kind = 'ClusterRoleBinding'; metadata = @{ name = 'walked' }
                    roleRef = @{ apiGroup = 'rbac.authorization.k8s.io'; kind = 'ClusterRole'; name = 'cluster-admin' }
                    subjects = @(@{ kind = 'ServiceAccount'; name = 'start-bindrole'; namespace = 'tools' })
                } -Connection $me | Out-Null
                $me
            }
        }
    ) {
        function Join-Cluster($Token) { New-KubeConnection -Server $sandbox.Url -Token $Token -CertificateAuthority $sandbox.CertificateAuthority }
        $name = "start-$($Edge.ToLowerInvariant())"
        New-KubeServiceAccount $name -Namespace tools | Out-Null
        $kind = if ($ClusterWide) { 'ClusterRole' } else { 'Role' }
        $metadata = if ($ClusterWide) { @{ name = $name } } else { @{ name = $name; namespace = 'tools' } }
        New-KubeResource @{ apiVersion = 'rbac.authorization.k8s.io/v1'; kind = $kind; metadata = $metadata; rules = @($Rule) } | Out-Null
        New-KubeResource @{
            apiVersion = 'rbac.authorization.k8s.io/v1'; kind = "${kind}Binding"; metadata = $metadata
            roleRef = @{ apiGroup = 'rbac.authorization.k8s.io'; kind = $kind; name = $name }
            subjects = @(@{ kind = 'ServiceAccount'; name = $name; namespace = 'tools' })
        } | Out-Null
        $path = Find-KubeEscalationPath "tools/$name" | Select-Object -First 1
        $path.Certainty | Should -Be 'Certain'
        $path.Steps[0].Edge | Should -Be $Edge
        $token = (New-KubeServiceAccountToken $name -Namespace tools).Token
        $me = Join-Cluster $token
        Test-KubeAccess '*' '*' -Connection $me -Quiet | Should -BeFalse
        $become = & $Walk $me $token
        Test-KubeAccess '*' '*' -Connection $become -Quiet | Should -BeTrue
    }
}
