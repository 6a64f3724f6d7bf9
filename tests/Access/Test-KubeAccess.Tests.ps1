BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Test-KubeAccess' {
    It 'says whether we may, and is a bool with -Quiet' {
        (Test-KubeAccess list pods).Allowed | Should -BeTrue
        Test-KubeAccess delete pods -KubeConfig $sandbox.KubeConfig -Context reader -Quiet | Should -BeFalse
    }

    It 'says for each account of the pipeline whether it may, and why' {
        $may = Get-KubeServiceAccount reader, web -Namespace team-a | Test-KubeAccess list pods
        $may.Allowed | Should -Be $true, $false
        $may[0].Reason | Should -Match 'pod-reader'
    }

    It 'understands groups, subresources, names, short names and paths' {
        Test-KubeAccess update deployments.apps/scale -ServiceAccount team-a/deployer -Quiet | Should -BeTrue
        (Test-KubeAccess list deploy -ServiceAccount team-a/deployer).Resource | Should -Be 'deployments.apps'
        Test-KubeAccess get configmaps settings -ServiceAccount team-a/reader -Quiet | Should -BeTrue
        Test-KubeAccess get -NonResourceUrl /version -ServiceAccount team-a/reader -Quiet | Should -BeTrue
    }

    It 'answers as kubectl auth can-i does' -Skip:(-not (Get-Command kubectl -CommandType Application -ErrorAction Ignore)) {
        foreach ($question in @('list', 'pods'), @('delete', 'pods'), @('get', 'pods/log'), @('create', 'deployments.apps'), @('list', 'nodes')) {
            $theirs = kubectl --kubeconfig $sandbox.KubeConfig auth can-i @question -n team-a --as system:serviceaccount:team-a:reader 2>$null
            "$(Test-KubeAccess @question -ServiceAccount team-a/reader)" | Should -Be $theirs.Trim() -Because "$question"
        }
    }

    It 'shows a table' {
        Test-KubeAccess list pods -ServiceAccount team-a/reader | Get-View |
            Should -Match '(?m)^True +list +pods +team-a +team-a/reader +RBAC: allowed by RoleBinding'
    }
}
