BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Find-KubeAccess' {
    It 'finds who may, by which binding and role' {
        $grant = Find-KubeAccess get secrets -Namespace team-a | Where-Object Namespace -EQ team-a
        $grant | Should -BeOfType KubeSa.AccessGrant
        $grant.Namespace, $grant.ServiceAccount, $grant.Role, $grant.Scope | Should -Be 'team-a', 'deployer', 'edit', 'team-a'
    }

    It 'agrees with Test-KubeAccess about every account' {
        $allowed = Get-KubeServiceAccount -AllNamespaces | Where-Object { Test-KubeAccess list configmaps -ServiceAccount "$_" -Namespace team-a -Quiet }
        $found = Find-KubeAccess list configmaps -Namespace team-a | Where-Object ServiceAccount | Get-KubeServiceAccount
        $found | ForEach-Object ToString | Sort-Object -Unique | Should -Be ($allowed | ForEach-Object ToString | Sort-Object)
    }

    It 'needs a rule about that very object only where -Name asks about it' {
        $role = 'apiVersion: rbac.authorization.k8s.io/v1', 'kind: Role', 'metadata: {name: one-secret, namespace: team-b}',
        'rules: [{apiGroups: [""], resources: [secrets], resourceNames: [tls], verbs: [get]}]'
        if (-not (Get-Command kubectl -CommandType Application -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'the role is made by kubectl' }
        $role | kubectl --kubeconfig $sandbox.KubeConfig apply -f - | Out-Null
        Grant-KubeServiceAccountRole team-b/unused -Role one-secret | Out-Null
        (Find-KubeAccess get secrets tls -Namespace team-b).ServiceAccount | Should -Contain 'unused'
        (Find-KubeAccess get secrets -Namespace team-b).ServiceAccount | Should -Not -Contain 'unused'
    }

    It 'leads on to who runs with the right' {
        (Find-KubeAccess list pods -AllNamespaces | Where-Object ServiceAccount -EQ pod-watcher | Get-KubeServiceAccountUsage).Workload | Should -Be 'Deployment/pod-watcher'
    }

    It 'gives an error record for what is no resource' {
        { Find-KubeAccess get 'pods/' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,KubeSa.Cmdlets.FindKubeAccessCommand'
    }

    It 'shows a table' {
        Find-KubeAccess get secrets -Namespace team-a | Get-View | Should -Match '(?m)^team-a/deployer +edit +edit-deployer +team-a +ServiceAccount'
    }

    It 'marks accounts that do not exist' {
        Grant-KubeServiceAccountRole team-b/ghost -ClusterRole edit -WarningAction SilentlyContinue | Out-Null
        $grants = Find-KubeAccess get secrets -Namespace team-b
        ($grants | Where-Object ServiceAccount -EQ ghost).Exists | Should -BeFalse
        $grants | Where-Object ServiceAccount -EQ ghost | Get-View | Should -Match 'team-b/ghost \(not found\)'
        ($grants | Where-Object SubjectKind -EQ Group).Exists | Where-Object { $null -ne $_ } | Should -BeNullOrEmpty
        $rules = Get-KubeAccessRule team-b/ghost -WarningVariable warnings -WarningAction SilentlyContinue
        ($rules | Where-Object Role -EQ edit).Exists | Select-Object -Unique | Should -BeFalse
        $warnings | Should -Match 'There is no service account team-b/ghost'
    }
}
