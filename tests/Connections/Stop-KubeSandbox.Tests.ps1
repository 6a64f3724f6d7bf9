BeforeAll { Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1') }
AfterAll { Stop-TestSandbox }

Describe 'Stop-KubeSandbox' {
    It 'ends the sandbox that is piped and no other' {
        $first = Start-KubeSandbox
        $second = Start-KubeSandbox
        $first | Stop-KubeSandbox
        Get-Process -Id $first.ProcessId -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-Process -Id $second.ProcessId | Should -Not -BeNullOrEmpty
    }

    It 'ends all, and leaves none of their files' {
        $sandbox = Start-KubeSandbox
        Stop-KubeSandbox
        Get-Process -Id $sandbox.ProcessId -ErrorAction Ignore | Should -BeNullOrEmpty
        Test-Path $sandbox.KubeConfig | Should -BeFalse
        Test-Path $sandbox.MountPath | Should -BeFalse
    }

    It 'names a process that is no sandbox of this session' {
        { Stop-KubeSandbox $PID -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
    }
}
