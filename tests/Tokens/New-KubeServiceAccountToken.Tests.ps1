BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'New-KubeServiceAccountToken' {
    It 'issues a token as a SecureString with its end' {
        $token = New-KubeServiceAccountToken reader -Namespace team-a -Duration (New-TimeSpan -Hours 2)
        $token | Should -BeOfType KubeSa.ServiceAccountToken
        $token.Token | Should -BeOfType securestring
        ($token.ExpiresAt - (Get-Date)).TotalMinutes | Should -BeGreaterThan 118
        $token.Info.UserName | Should -Be 'system:serviceaccount:team-a:reader'
    }

    It 'issues for each account of the pipeline' {
        (Get-KubeServiceAccount -Namespace team-b | New-KubeServiceAccountToken).ServiceAccount | Should -Be 'default', 'unused', 'viewer'
    }

    It 'gives the token alone as text with -AsPlainText, ready for a header' {
        $text = New-KubeServiceAccountToken reader -Namespace team-a -AsPlainText
        $answer = Invoke-RestMethod "$($sandbox.Url)/apis/authentication.k8s.io/v1/selfsubjectreviews" -Method Post -SkipCertificateCheck `
            -Headers @{ Authorization = "Bearer $text" } -ContentType 'application/json' `
            -Body '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}'
        $answer.status.userInfo.username | Should -Be 'system:serviceaccount:team-a:reader'
    }

    It 'connects with the token it issued' {
        $token = New-KubeServiceAccountToken reader -Namespace team-a
        Connect-KubeCluster -Server $sandbox.Url -Token $token.Token -CertificateAuthority $sandbox.CertificateAuthority
        try { (Get-KubeIdentity).UserName | Should -Be 'system:serviceaccount:team-a:reader' }
        finally { Connect-KubeCluster -KubeConfig $sandbox.KubeConfig }
    }

    It 'asks for audiences and binds to a pod' {
        $token = New-KubeServiceAccountToken builder -Namespace team-a -Audience vault -BoundPod build-7
        $token.Audiences | Should -Be 'vault'
        ($token | ConvertFrom-KubeServiceAccountToken).PodName | Should -Be 'build-7'
    }

    It 'explains that less than ten minutes cannot be had' {
        { New-KubeServiceAccountToken default -Duration 0:01:00 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*' -ExpectedMessage '*10 minutes*'
    }

    It 'warns where the server grants another lifetime' {
        $null = New-KubeServiceAccountToken builder -Namespace team-a -BoundPod build-7 -Duration 1:00:07 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -Match '365 days'
    }

    It 'gives an error record for an account that is missing' {
        { New-KubeServiceAccountToken nope -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceAccountNotFound,*'
    }

    It 'shows no token' {
        $token = New-KubeServiceAccountToken default
        $token | Get-View | Should -Match '(?m)^ServiceAccount +: default'
        ($token | Get-View) + ($token | Format-List * | Get-View) + ($token | ConvertTo-Json) | Should -Not -Match 'eyJ'
    }
}

Describe 'New-KubeServiceAccountToken on an old server' {
    It 'says in one sentence that it cannot bind to nodes' {
        $null = Start-TestSandbox -Scenario legacy
        { New-KubeServiceAccountToken default -BoundNode node-1 -ErrorAction Stop } | Should -Throw -ExpectedMessage '*cannot bind tokens to nodes*'
    }
}
