BeforeAll { Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1') }
AfterAll { Stop-TestSandbox }

Describe 'Start-KubeSandbox' {
    It 'starts a server that every cmdlet can be tried on' {
        $sandbox = Start-KubeSandbox -Connect
        $sandbox | Should -BeOfType KubeSa.Sandbox
        $sandbox.Scenario | Should -Be 'modern'
        (Get-KubeConnection).Server | Should -Be $sandbox.Url
        Get-Process -Id $sandbox.ProcessId | Should -Not -BeNullOrEmpty
    }

    It 'leaves the current connection alone without -Connect' {
        $before = (Get-KubeConnection).Server
        $null = Start-KubeSandbox -Scenario legacy
        (Get-KubeConnection).Server | Should -Be $before
    }

    It 'lays out a mount as a pod has it' {
        $sandbox = Start-KubeSandbox -Scenario retired-key
        'ca.crt', 'namespace', 'token' | ForEach-Object { Join-Path $sandbox.MountPath $_ | Should -Exist }
        ($sandbox | Get-KubePodIdentity).UserName | Should -Be 'system:serviceaccount:kube-system:default'
    }

    It 'keeps the credentials it writes from everybody else' -Skip:$IsWindows {
        $sandbox = Start-KubeSandbox
        (Get-Item $sandbox.KubeConfig).UnixMode | Should -Be '-rw-------'
        (Get-Item (Join-Path $sandbox.MountPath 'token')).ResolvedTarget | Get-Item | ForEach-Object UnixMode | Should -Be '-rw-------'
    }

    It 'completes the names of the scenarios' {
        (TabExpansion2 'Start-KubeSandbox -Scenario ' 28).CompletionMatches.CompletionText | Sort-Object |
            Should -Be 'audit', 'legacy', 'modern', 'retired-key'
    }

    It 'knows no other scenario' {
        { Start-KubeSandbox -Scenario other } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}
