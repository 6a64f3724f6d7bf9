BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $old = Start-TestSandbox -Scenario retired-key
    $administratorOfOld = Get-KubeConnection
    $sandbox = Start-TestSandbox
    $administrator = Get-KubeConnection

    # Pastes the line that the report shows.
    function Invoke-Remedy($Report) {
        $ConfirmPreference = 'None'
        Invoke-Expression ($Report.Checks | Where-Object Status -EQ Fail | Select-Object -First 1).Command 3> $null
    }
}
AfterAll { Stop-TestSandbox }

Describe 'The job: 401, 403, x509 and timeouts, named, and mended by pasting' {
    It '401: a token of a key that the server no longer uses' {
        $check = @{ MountPath = $old.MountPath; AllNamespaces = $true; AdminConnection = $administratorOfOld }
        $null = Connect-KubeCluster -KubeConfig $old.KubeConfig
        $report = Test-KubeInClusterAccess @check
        $report.Cause | Should -Be 'SignatureKeyUnknown'

        $null = Invoke-Remedy $report
        (Test-KubeInClusterAccess @check).Summary | Should -Be 'There are 14 pods in the cluster'
        $null = Connect-KubeCluster -KubeConfig $sandbox.KubeConfig
    }

    It '403: a right that the account does not have' {
        $check = @{ MountPath = $sandbox.MountPath; Resource = 'secrets'; Namespace = 'team-a'; AdminConnection = $administrator }
        $report = Test-KubeInClusterAccess @check
        $report.Cause | Should -Be 'Forbidden'
        $report.Summary | Should -Be 'system:serviceaccount:team-a:pod-watcher may not list secrets in namespace team-a'

        $null = Invoke-Remedy $report
        (Test-KubeInClusterAccess @check).Success | Should -BeTrue
    }

    It 'x509 in a pod: the mount has another CA, and the line shows the right one' {
        $mount = Join-Path $TestDrive mount
        Copy-Item $sandbox.MountPath $mount -Recurse
        Copy-Item $old.CertificateAuthority (Join-Path $mount ca.crt) -Force
        $check = @{ MountPath = $mount; ApiServer = $sandbox.Url; AllNamespaces = $true; TimeoutSeconds = 60 }
        $report = Test-KubeInClusterAccess @check
        $report.Cause | Should -Be 'TlsUntrusted'

        Invoke-Remedy $report | Set-Content (Join-Path $mount ca.crt) -NoNewline
        (Test-KubeInClusterAccess @check).Success | Should -BeTrue
    }

    It 'x509: the CA certificate of another cluster, which the right one mends' {
        $of = @{ Server = $sandbox.Url; TokenFile = Join-Path $sandbox.MountPath token }
        $wrong = New-KubeConnection @of -CertificateAuthority $old.CertificateAuthority
        { Get-KubeIdentity -Connection $wrong -ErrorAction Stop } | Should -Throw -ErrorId 'TlsUntrusted,*' -ExpectedMessage '*-CertificateAuthority*'

        $right = New-KubeConnection @of -CertificateAuthority $sandbox.CertificateAuthority
        (Get-KubeIdentity -Connection $right).UserName | Should -Be 'system:serviceaccount:team-a:pod-watcher'
    }

    It 'a timeout in a pod: the line shows that the API server itself is well' {
        $silent = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $silent.Start()
        try {
            $report = Test-KubeInClusterAccess -MountPath $sandbox.MountPath -ApiServer "https://127.0.0.1:$($silent.LocalEndpoint.Port)" -TimeoutSeconds 1
            $report.Cause | Should -Be 'ConnectionTimedOut'
            Invoke-Remedy $report | Should -Be 'ok'
        }
        finally { $silent.Stop() }
    }

    It 'a timeout: what listens there does not answer' {
        $silent = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $silent.Start()
        try {
            $stuck = New-KubeConnection -Server "https://127.0.0.1:$($silent.LocalEndpoint.Port)" -CertificateAuthority $sandbox.CertificateAuthority -TimeoutSeconds 1
            { Get-KubeServiceAccount -Connection $stuck -ErrorAction Stop } | Should -Throw -ErrorId 'TimedOut,*' -ExpectedMessage '*-TimeoutSeconds*'
        }
        finally { $silent.Stop() }
    }
}
