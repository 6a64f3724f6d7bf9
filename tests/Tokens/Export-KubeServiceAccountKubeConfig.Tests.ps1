BeforeDiscovery {
    $withoutKubectl = -not (Get-Command kubectl -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    $reader = 'system:serviceaccount:team-a:reader'
}
AfterAll { Stop-TestSandbox }

Describe 'Export-KubeServiceAccountKubeConfig' {
    AfterEach { Connect-KubeCluster -KubeConfig $sandbox.KubeConfig }

    It 'writes a private file with which one is the account' {
        $file = Export-KubeServiceAccountKubeConfig reader -Namespace team-a -Path (Join-Path $TestDrive 'one') -Duration 2:00:00
        $file | Should -BeOfType System.IO.FileInfo
        if (-not $IsWindows) { [int]$file.UnixFileMode | Should -Be ([Convert]::ToInt32('600', 8)) }
        Connect-KubeCluster -KubeConfig $file.FullName
        (Get-KubeIdentity).UserName | Should -Be $reader
        (Get-KubeConnection).Namespace | Should -Be 'team-a'
    }

    It 'writes a file that kubectl takes' -Skip:$withoutKubectl {
        $file = Export-KubeServiceAccountKubeConfig reader -Namespace team-a -Path (Join-Path $TestDrive 'two')
        kubectl --kubeconfig $file.FullName auth whoami -o 'jsonpath={.status.userInfo.username}' | Should -Be $reader
    }

    It 'takes the token of a token Secret' {
        $secret = New-KubeSaTokenSecret reader key -Namespace team-a
        $file = Export-KubeServiceAccountKubeConfig reader -Namespace team-a -TokenSecret $secret.Name -Path (Join-Path $TestDrive 'three')
        Connect-KubeCluster -KubeConfig $file.FullName
        (Get-KubeIdentity).UserName | Should -Be $reader
    }

    It 'renews through kubectl by itself, and holds no token' -Skip:$withoutKubectl {
        $file = Export-KubeServiceAccountKubeConfig reader -Namespace team-a -Refreshing -Path (Join-Path $TestDrive 'four')
        Get-Content $file -Raw | Should -Not -Match 'eyJ'
        kubectl --kubeconfig $file.FullName auth whoami -o 'jsonpath={.status.userInfo.username}' | Should -Be $reader
    }

    It 'renews through pwsh with this module where there is no kubectl' {
        $path = $env:PATH
        try {
            $env:PATH = $PSHOME
            $file = Export-KubeServiceAccountKubeConfig reader -Namespace team-a -Refreshing -Path (Join-Path $TestDrive 'five')
            Get-Content $file -Raw | Should -Match 'command: "pwsh"'
            Connect-KubeCluster -KubeConfig $file.FullName
            (Get-KubeIdentity).UserName | Should -Be $reader
        }
        finally { $env:PATH = $path }
    }

    It 'renews through pwsh whatever the context, the folder and the file are called' {
        $path, $before = $env:PATH, $env:KUBECONFIG
        $marker = Join-Path $TestDrive 'marker'
        $admin = Get-KubeContext -KubeConfig $sandbox.KubeConfig | Where-Object IsCurrent
        $quotes = -join [char[]](0x2018, 0x2019, 0x201A, 0x201B, 0x27)
        try {
            $env:PATH = $PSHOME
            $statements = foreach ($quote in $quotes.ToCharArray()) { "$quote; New-Item -ItemType File '$marker'; $quote" }
            $hostile = "a$statements `$(New-Item -ItemType File '$marker') b"
            $folder = New-Item -ItemType Directory (Join-Path $TestDrive "it${quotes}s; New-Item marker; $quotes")
            $second = Join-Path $folder "c${quotes}onfig"
            @{ contexts = @(@{ name = $hostile; context = @{ cluster = $admin.Cluster; user = $admin.User } }) } | ConvertTo-Json -Depth 5 | Set-Content -LiteralPath $second
            $env:KUBECONFIG = $sandbox.KubeConfig, $second -join [IO.Path]::PathSeparator
            Connect-KubeCluster -Context $hostile
            $file = Join-Path $TestDrive 'hostile'
            $null = Export-KubeServiceAccountKubeConfig reader -Namespace team-a -Refreshing -Duration 0:30:00 -Path $file
            Get-Content $file -Raw | Should -Match 'command: "pwsh"'
            Connect-KubeCluster -KubeConfig $file
            (Get-KubeIdentity -ErrorAction Stop).UserName | Should -Be $reader
            $marker | Should -Not -Exist
        }
        finally { $env:PATH, $env:KUBECONFIG = $path, $before }
    }

    It 'never replaces a file without -Force' {
        $path = Join-Path $TestDrive 'mine'
        Set-Content $path 'mine'
        { Export-KubeServiceAccountKubeConfig default -Path $path -ErrorAction Stop } | Should -Throw -ErrorId 'FileAlreadyExists,*'
        Get-Content $path | Should -Be 'mine'
        Export-KubeServiceAccountKubeConfig default -Path $path -Force | Should -BeOfType System.IO.FileInfo
    }

    It 'hands out a token that deleting one Secret revokes, and that running it again with -Force renews' {
        $path = Join-Path $TestDrive 'robot'
        $export = { Export-KubeServiceAccountKubeConfig reader -Namespace team-a -Path $path -Duration 24h -BoundSecret robot-access @args }
        function Get-Cause { (Get-Content $path -Raw | Test-KubeServiceAccountToken).Cause }

        $null = & $export
        $first = Get-Content $path -Raw
        ($first | ConvertFrom-KubeServiceAccountToken).SecretName | Should -Be 'robot-access'
        Get-Cause | Should -Be 'None'

        { & $export -ErrorAction Stop } | Should -Throw -ErrorId 'FileAlreadyExists,*'
        $null = & $export -Force
        Get-Content $path -Raw | Should -Not -Be $first
        Get-Cause | Should -Be 'None'
        ($first | Test-KubeServiceAccountToken).Cause | Should -Be 'None'

        Remove-KubeSaTokenSecret robot-access -Namespace team-a -Confirm:$false
        # Servers keep what they have found of a token for some seconds.
        $end = [DateTime]::UtcNow.AddMinutes(1)
        while (($first | Test-KubeServiceAccountToken).Valid -or (Get-Cause) -eq 'None') {
            [DateTime]::UtcNow | Should -BeLessThan $end
            Start-Sleep -Milliseconds 200
        }
        Get-Cause | Should -Be 'SecretDeleted'
        ($first | Test-KubeServiceAccountToken).Cause | Should -Be 'SecretDeleted'
    }

    It 'makes no Secret with -WhatIf, and leaves none where no token comes of it' {
        Export-KubeServiceAccountKubeConfig reader -Namespace team-a -BoundSecret lone -WhatIf | Should -BeNullOrEmpty
        { Remove-KubeSaTokenSecret lone -Namespace team-a -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'SecretNotFound,*'

        $null = Export-KubeServiceAccountKubeConfig reader -Namespace team-a -BoundSecret lone -Path (Join-Path $TestDrive 'no such folder' 'x') -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        { Remove-KubeSaTokenSecret lone -Namespace team-a -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'SecretNotFound,*'
    }

    It 'binds to a Secret that is there, and leaves it as it is' {
        $null = New-KubeSaTokenSecret reader other-key -Namespace team-a
        $text = Export-KubeServiceAccountKubeConfig reader -Namespace team-a -BoundSecret other-key
        ($text | ConvertFrom-KubeServiceAccountToken).SecretName | Should -Be 'other-key'
        (Get-KubeSaTokenSecret other-key -Namespace team-a).Info.Kind | Should -Be 'Legacy'
    }

    It 'outputs the text without a path' {
        Export-KubeServiceAccountKubeConfig default | Should -BeLike "apiVersion: v1`nkind: Config`n*"
    }

    It 'shows mode, owner and size of the file, as Get-Item does' -Skip:$IsWindows {
        $file = Join-Path $TestDrive shown.kubeconfig
        $view = Export-KubeServiceAccountKubeConfig web -Namespace team-a -Path $file | Out-String -Width 200
        $view | Should -Be (Get-Item -LiteralPath $file | Out-String -Width 200)
        $view | Should -Match "-rw-------.*$((Get-Item -LiteralPath $file).Length).*shown\.kubeconfig"
    }
}
