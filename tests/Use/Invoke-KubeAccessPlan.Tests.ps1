BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $log = Join-Path $TestDrive 'audit.log'
    $sandbox = Start-KubeSandbox -AuditLog $log -Connect
    $reader = New-KubeConnection -KubeConfig $sandbox.KubeConfig -Context reader
    Get-KubeResource pods -Namespace team-a -Connection $reader | Out-Null
    # All of RBAC in the namespace as it is, uids and versions aside.
    function Get-State {
        foreach ($kind in 'roles', 'rolebindings') {
            (Invoke-KubeRestMethod "/apis/rbac.authorization.k8s.io/v1/namespaces/team-a/$kind").items | Sort-Object { $_.metadata.name } | ForEach-Object {
                ($_ | Select-Object rules, subjects, roleRef | ConvertTo-Json -Depth 9 -Compress) + ($_.metadata | Select-Object name, labels, annotations | ConvertTo-Json -Depth 9 -Compress)
            }
        }
    }
    $before = Get-State
}
AfterAll { Stop-TestSandbox }

Describe 'Invoke-KubeAccessPlan' {
    # What was put back is another object, so each plan is made of what is there.
    BeforeEach { $plan = New-KubeAccessPlan team-a/reader -AuditLog $log }

    It 'asks for -Force where the log is too short, and shows with -WhatIf what would change' {
        { $plan | Invoke-KubeAccessPlan -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*' -ExpectedMessage '*14 are needed*'
        $shown = Join-Path $TestDrive 'whatif.txt'
        $null = Start-Transcript $shown
        try { $plan | Invoke-KubeAccessPlan -Force -WhatIf } finally { $null = Stop-Transcript }
        Get-Content $shown -Raw | Should -Match '(?s)\+ Role team-a/reader-used.*list pods: \d+ uses.*- RoleBinding team-a/pod-reader-reader'
        Get-State | Should -Be $before
    }

    It 'lets the account do what it did, and brings back what was there' {
        $undo = $plan | Invoke-KubeAccessPlan -Force -Confirm:$false -UndoPath (Join-Path $TestDrive 'undo-1.json')
        $undo | Should -BeOfType KubeSa.AccessPlan
        $undo.IsUndo | Should -BeTrue
        (Get-KubeRoleBinding pod-reader-reader -Namespace team-a -ErrorAction SilentlyContinue) | Should -BeNullOrEmpty
        Get-KubeResource pods -Namespace team-a -Connection $reader | Should -Not -BeNullOrEmpty
        { Get-KubeResource configmaps -Namespace team-a -Connection $reader -ErrorAction Stop } | Should -Throw -ErrorId 'Forbidden,*'
        $undo | Invoke-KubeAccessPlan -Confirm:$false -UndoPath (Join-Path $TestDrive 'redo.json') | Out-Null
        Get-State | Should -Be $before
    }

    It 'takes back what it did where a step fails' {
        $taken = @{ apiVersion = 'rbac.authorization.k8s.io/v1'; kind = 'RoleBinding'; metadata = @{ name = 'reader-used'; namespace = 'team-a' }; roleRef = @{ apiGroup = 'rbac.authorization.k8s.io'; kind = 'Role'; name = 'pod-reader' } }
        $null = New-KubeResource $taken
        try {
            $fresh = New-KubeAccessPlan team-a/reader -AuditLog $log
            $fresh.Creates[0].Name | Should -Be 'reader-used-2'
            $undoPath = Join-Path $TestDrive 'undo-2.json'
            { $plan | Invoke-KubeAccessPlan -Force -Confirm:$false -UndoPath $undoPath -ErrorAction Stop } | Should -Throw -ExpectedMessage '*taken back*'
            Get-KubeRole reader-used -Namespace team-a -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            Test-Path $undoPath | Should -BeTrue
        }
        finally { Get-KubeRoleBinding reader-used -Namespace team-a | ForEach-Object { Remove-KubeResource rolebindings reader-used -Namespace team-a -Confirm:$false } }
        Get-State | Should -Be $before
    }

    It 'is undone from its file, whichever of the steps were done' {
        $undoPath = Join-Path $TestDrive 'undo-3.json'
        $plan | Invoke-KubeAccessPlan -Force -Confirm:$false -UndoPath $undoPath | Out-Null
        Invoke-KubeAccessPlan -Path $undoPath -Confirm:$false -UndoPath (Join-Path $TestDrive 'redo-3.json') | Out-Null
        Get-State | Should -Be $before

        # As after a kill before the first step, and after the role alone was made.
        Invoke-KubeAccessPlan -Path $undoPath -Confirm:$false -UndoPath (Join-Path $TestDrive 'redo-4.json') | Out-Null
        Get-State | Should -Be $before
        $null = New-KubeResource ($plan.Creates[0].Manifest | ConvertFrom-Json -AsHashtable)
        Invoke-KubeAccessPlan -Path $undoPath -Confirm:$false -UndoPath (Join-Path $TestDrive 'redo-5.json') | Out-Null
        Get-State | Should -Be $before
    }

    It 'takes out one of several subjects, and leaves to a tool what it keeps' {
        $binding = Grant-KubeServiceAccountRole team-a/reader -ClusterRole view -Namespace team-a
        $null = Grant-KubeServiceAccountRole team-a/default -ClusterRole view -Namespace team-a
        $shared = @{ apiVersion = 'rbac.authorization.k8s.io/v1'; kind = 'RoleBinding'; metadata = @{ name = 'shared'; namespace = 'team-a' }
            roleRef = @{ apiGroup = 'rbac.authorization.k8s.io'; kind = 'ClusterRole'; name = 'view' }
            subjects = @(@{ kind = 'ServiceAccount'; name = 'reader'; namespace = 'team-a' }, @{ kind = 'ServiceAccount'; name = 'default'; namespace = 'team-a' }) }
        $helm = @{ apiVersion = 'rbac.authorization.k8s.io/v1'; kind = 'RoleBinding'; metadata = @{ name = 'chart'; namespace = 'team-a'; annotations = @{ 'meta.helm.sh/release-name' = 'web' } }
            roleRef = @{ apiGroup = 'rbac.authorization.k8s.io'; kind = 'ClusterRole'; name = 'view' }; subjects = @(@{ kind = 'ServiceAccount'; name = 'reader'; namespace = 'team-a' }) }
        $null = New-KubeResource $shared
        $null = New-KubeResource $helm
        $now = Get-State
        $undo = New-KubeAccessPlan team-a/reader -AuditLog $log | Invoke-KubeAccessPlan -Force -Confirm:$false -UndoPath (Join-Path $TestDrive 'undo-6.json') -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -Match 'chart is kept by Helm'
        (Get-KubeRoleBinding shared -Namespace team-a).Subjects.Name | Should -Be 'default'
        Get-KubeRoleBinding chart -Namespace team-a | Should -Not -BeNullOrEmpty
        $undo | Invoke-KubeAccessPlan -Confirm:$false -UndoPath (Join-Path $TestDrive 'redo-6.json') | Out-Null
        (Get-KubeRoleBinding shared -Namespace team-a).Subjects.Name | Sort-Object | Should -Be 'default', 'reader'
        @(Get-State).Count | Should -Be @($now).Count
    }

    It 'refuses a plan that would refuse requests, a file that is none, and another cluster' {
        $bad = Join-Path $TestDrive 'bad.json'
        $plan.ToJson() -replace '"wouldRefuse": \[\]', '"wouldRefuse": ["get secrets"]' | Set-Content $bad
        { Invoke-KubeAccessPlan -Path $bad -Force -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*' -ExpectedMessage '*would be refused*'
        '{}' | Set-Content $bad
        { Invoke-KubeAccessPlan -Path $bad -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*' -ExpectedMessage '*not a plan*'
        $plan.ToJson() -replace [regex]::Escape($sandbox.Url), 'https://other.example' | Set-Content $bad
        { Invoke-KubeAccessPlan -Path $bad -Force -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectionMismatch,*'
    }
}
