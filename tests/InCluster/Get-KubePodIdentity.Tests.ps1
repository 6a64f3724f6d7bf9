BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $data = (Get-RecordedJson 'kubernetes-1.36/10-05-secret-get' | ConvertFrom-Json).data
    $mount = New-Item (Join-Path $TestDrive 'serviceaccount') -ItemType Directory
    Set-Content (Join-Path $mount 'token') (Get-RecordedToken) -NoNewline
    Set-Content (Join-Path $mount 'namespace') 'team-a' -NoNewline
    [IO.File]::WriteAllBytes((Join-Path $mount 'ca.crt'), [Convert]::FromBase64String($data.'ca.crt'))
}

Describe 'Get-KubePodIdentity' {
    It 'tells who the pod is by its mount alone' {
        $identity = Get-KubePodIdentity -MountPath $mount
        $identity | Should -BeOfType KubeSa.PodIdentity
        $identity.Namespace | Should -Be 'team-a'
        $identity.UserName | Should -Be "system:serviceaccount:team-a:$($identity.ServiceAccount)"
        $identity.TokenInfo.Kind | Should -Be 'Legacy'
        $identity.CaCertificates.Count | Should -Be 1
    }

    It 'takes the path from an object that has one' {
        ([pscustomobject]@{ MountPath = "$mount" } | Get-KubePodIdentity).Namespace | Should -Be 'team-a'
    }

    It 'resolves a path against the current location' {
        Push-Location $TestDrive
        try { (Get-KubePodIdentity serviceaccount).Namespace | Should -Be 'team-a' }
        finally { Pop-Location }
    }

    It 'tells the API server from the environment of a pod' {
        $env:KUBERNETES_SERVICE_HOST = 'fd00::1'
        $env:KUBERNETES_SERVICE_PORT = '6443'
        try { (Get-KubePodIdentity -MountPath $mount).ApiServer | Should -Be 'https://[fd00::1]:6443' }
        finally {
            $env:KUBERNETES_SERVICE_HOST = $null
            $env:KUBERNETES_SERVICE_PORT = $null
        }
    }

    It 'shows a list without the token' {
        $view = Get-KubePodIdentity -MountPath $mount | Get-View
        $view | Should -Match '(?m)^Token +: Legacy, expires never'
        $view.Contains((Get-RecordedToken).Split('.')[2]) | Should -BeFalse
    }
}
