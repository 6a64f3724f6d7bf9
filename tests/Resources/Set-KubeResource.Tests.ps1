BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Set-KubeResource' {
    It 'changes fields, removes those that are $null, and outputs the object' {
        $null = Set-KubeResource deploy/web -Namespace team-a -Patch @{ metadata = @{ labels = @{ a = '1'; b = '2' } } }
        $web = Get-KubeResource deploy/web -Namespace team-a | Set-KubeResource -Patch @{ spec = @{ replicas = 3 }; metadata = @{ labels = @{ a = $null } } }
        $web.spec.replicas | Should -Be 3
        $web.metadata.labels.b | Should -Be '2'
        $web.metadata.labels.PSObject.Properties.Name | Should -Not -Contain 'a'
    }

    It 'leaves another object alone that bears the name by now' {
        $null = New-KubeResource @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'again' } } -Namespace team-a
        $old = Get-KubeResource configmaps again -Namespace team-a
        Remove-KubeResource configmaps again -Namespace team-a -Confirm:$false
        $null = New-KubeResource @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'again' } } -Namespace team-a
        { $old | Set-KubeResource -Patch @{ data = @{ a = '1' } } -ErrorAction Stop } | Should -Throw -ErrorId 'Conflict,*'
        { $old | Remove-KubeResource -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'Conflict,*'
    }

    It 'changes nothing with -WhatIf' {
        Set-KubeResource configmaps kube-root-ca.crt -Namespace team-a -Patch @{ data = @{ x = '1' } } -WhatIf | Should -BeNullOrEmpty
        (Get-KubeResource configmaps kube-root-ca.crt -Namespace team-a).data.x | Should -BeNullOrEmpty
    }

    It 'refuses to change an object of another cluster' {
        $map = Get-KubeResource configmaps kube-root-ca.crt -Namespace team-a
        $other = Start-TestSandbox
        { $map | Set-KubeResource -Patch @{ data = @{ x = '1' } } -KubeConfig $other.KubeConfig -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectionMismatch,*'
    }
}
