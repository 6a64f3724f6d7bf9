BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $null = Start-TestSandbox
    $file = Join-Path $TestDrive 'robot.kubeconfig'
}
AfterAll { Stop-TestSandbox }

Describe 'The job: a CI robot with a kubeconfig for a day, proved, rotated, revoked' {
    It 'creates the robot with the rights of its work' {
        New-KubeServiceAccount release-robot -Namespace team-a | Grant-KubeServiceAccountRole -ClusterRole edit | ForEach-Object Namespace | Should -Be 'team-a'
    }

    It 'hands out a file for a day' {
        $made = Export-KubeServiceAccountKubeConfig release-robot -Namespace team-a -Path $file -Duration 24h -BoundSecret release-robot-access
        $made | Should -BeOfType System.IO.FileInfo
        $info = Get-Content $file -Raw | ConvertFrom-KubeServiceAccountToken
        ($info.ExpiresAt - $info.IssuedAt).TotalHours | Should -Be 24
    }

    It 'proves that the robot can do its work with the file, and no more' {
        $robot = New-KubeConnection -KubeConfig $file
        (Get-KubeIdentity -Connection $robot).UserName | Should -Be 'system:serviceaccount:team-a:release-robot'
        Test-KubeAccess create deployments.apps -Connection $robot -Quiet | Should -BeTrue
        Test-KubeAccess create deployments.apps -Namespace team-b -Connection $robot -Quiet | Should -BeFalse
    }

    It 'rotates: the same again with -Force' {
        $before = Get-Content $file -Raw
        $null = Export-KubeServiceAccountKubeConfig release-robot -Namespace team-a -Path $file -Duration 24h -BoundSecret release-robot-access -Force
        Get-Content $file -Raw | Should -Not -Be $before
        (Get-Content $file -Raw | Test-KubeServiceAccountToken).Valid | Should -BeTrue
    }

    It 'revokes: one Secret deleted, and the token is refused' {
        Remove-KubeSaTokenSecret release-robot-access -Namespace team-a -Confirm:$false

        # Servers keep what they have found of a token for some seconds.
        $end = [DateTime]::UtcNow.AddMinutes(1)
        do {
            Start-Sleep -Milliseconds 200
            $result = Get-Content $file -Raw | Test-KubeServiceAccountToken
        } while ($result.Valid -and [DateTime]::UtcNow -lt $end)
        $result.Cause | Should -Be 'SecretDeleted'
        { Get-KubeServiceAccount -KubeConfig $file -ErrorAction Stop } | Should -Throw -ErrorId 'Unauthorized,*'
    }
}
