BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'Connect-KubeCluster' {
    It 'makes a context of a kubeconfig the current connection' {
        $connection = Connect-KubeCluster -KubeConfig $sandbox.KubeConfig -Context reader
        $connection | Should -BeOfType KubeSa.Connection
        $connection.Source | Should -Be 'KubeConfig'
        $connection.Namespace | Should -Be 'team-a'
        (Get-KubeIdentity).UserName | Should -Be 'system:serviceaccount:team-a:reader'
    }

    It 'takes a context from the pipeline' {
        Get-KubeContext deployer -KubeConfig $sandbox.KubeConfig | Connect-KubeCluster
        (Get-KubeIdentity).UserName | Should -Be 'system:serviceaccount:team-a:deployer'
    }

    It 'overrides the namespace' {
        (Connect-KubeCluster -KubeConfig $sandbox.KubeConfig -Namespace team-b).Namespace | Should -Be 'team-b'
        (Get-KubeServiceAccount viewer).Namespace | Should -Be 'team-b'
    }

    It 'impersonates' {
        Connect-KubeCluster -KubeConfig $sandbox.KubeConfig -As jane -AsGroup developers
        (Get-KubeIdentity).Groups | Should -Contain 'developers'
    }

    It 'uses a token that is given, with the authority that is given' {
        $token = Get-KubeServiceAccount deployer -Namespace team-a -KubeConfig $sandbox.KubeConfig | ForEach-Object {
            kubectl --kubeconfig $sandbox.KubeConfig config view --raw -o 'jsonpath={.users[?(@.name=="deployer")].user.token}'
        } | ConvertTo-SecureString -AsPlainText -Force
        Connect-KubeCluster -Server $sandbox.Url -Token $token -CertificateAuthority $sandbox.CertificateAuthority
        (Get-KubeConnection).Source | Should -Be 'Explicit'
        (Get-KubeIdentity).UserName | Should -Be 'system:serviceaccount:team-a:deployer'
    }

    It 'uses the mount of a pod' {
        $env:KUBERNETES_SERVICE_HOST = ([uri]$sandbox.Url).Host
        $env:KUBERNETES_SERVICE_PORT = ([uri]$sandbox.Url).Port
        try {
            Connect-KubeCluster -InCluster -MountPath $sandbox.MountPath
            (Get-KubeConnection).Source | Should -Be 'Pod'
            (Get-KubeIdentity).UserName | Should -Be 'system:serviceaccount:team-a:pod-watcher'
        }
        finally {
            $env:KUBERNETES_SERVICE_HOST = $null
            $env:KUBERNETES_SERVICE_PORT = $null
        }
    }

    It 'names a context that is missing' {
        $null = Connect-KubeCluster nope -KubeConfig $sandbox.KubeConfig -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'ContextNotFound,KubeSa.Cmdlets.ConnectKubeClusterCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'does not trust a server whose authority it was not given' {
        $token = ConvertTo-SecureString 'a.b.c' -AsPlainText -Force
        Connect-KubeCluster -Server $sandbox.Url -Token $token
        $null = Get-KubeServiceAccount -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'TlsUntrusted,*'
        $failures[0].CategoryInfo.Category | Should -Be 'SecurityError'
    }

    It 'does not take a certificate for another name' {
        $token = ConvertTo-SecureString 'a.b.c' -AsPlainText -Force
        Connect-KubeCluster -Server $sandbox.Url -Token $token -CertificateAuthority $sandbox.CertificateAuthority -TlsServerName other.example
        { Get-KubeServiceAccount -ErrorAction Stop } | Should -Throw -ErrorId 'TlsNameMismatch,*'
    }

    It 'tells a token that the server refuses' {
        $token = ConvertTo-SecureString 'a.b.c' -AsPlainText -Force
        Connect-KubeCluster -Server $sandbox.Url -Token $token -CertificateAuthority $sandbox.CertificateAuthority
        $null = Get-KubeServiceAccount -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'Unauthorized,*'
        $failures[0].CategoryInfo.Category | Should -Be 'AuthenticationError'
    }

    It 'says within seconds that nobody answers' {
        $gone = Start-KubeSandbox
        Stop-KubeSandbox $gone.ProcessId
        $token = ConvertTo-SecureString 'a.b.c' -AsPlainText -Force
        Connect-KubeCluster -Server $gone.Url -Token $token -CertificateAuthority $sandbox.CertificateAuthority
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = Get-KubeServiceAccount -ErrorVariable failures -ErrorAction SilentlyContinue
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ConnectionRefused,*'
    }

    It 'never falls back to a guess where nothing is configured' {
        Disconnect-KubeCluster
        { Get-KubeServiceAccount -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectionNotConfigured,*'
    }
}

Describe 'Connect-KubeCluster' {
    It 'always returns the connection that is the current one then' {
        $admin = Connect-KubeCluster admin -KubeConfig $sandbox.KubeConfig
        $reader = Connect-KubeCluster reader -KubeConfig $sandbox.KubeConfig -PassThru
        $reader | Should -Be (Get-KubeConnection)
        $admin.Context, $reader.Context | Should -Be 'admin', 'reader'
        (Get-KubeIdentity -Connection $admin).UserName | Should -Be 'kubernetes-admin'
    }

    It 'says which connection is still the current one where it fails' {
        $admin = Connect-KubeCluster admin -KubeConfig $sandbox.KubeConfig
        foreach ($wrong in { Connect-KubeCluster nope -KubeConfig $sandbox.KubeConfig -ErrorAction Stop }, { Connect-KubeCluster -KubeConfig missing.yaml -ErrorAction Stop },
            { Connect-KubeCluster -Server ftp://x -ErrorAction Stop }, { Connect-KubeCluster admin -KubeConfig $sandbox.KubeConfig -Namespace 'No_Name' -ErrorAction Stop }) {
            $wrong | Should -Throw "*The current connection is still admin ($($admin.Server))."
        }
        Disconnect-KubeCluster
        { Connect-KubeCluster nope -KubeConfig $sandbox.KubeConfig -ErrorAction Stop } | Should -Throw '*There is still no current connection.'
    }
}
