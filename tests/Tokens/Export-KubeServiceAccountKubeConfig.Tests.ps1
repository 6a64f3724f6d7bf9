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

    It 'outputs the text without a path' {
        Export-KubeServiceAccountKubeConfig default | Should -BeLike "apiVersion: v1`nkind: Config`n*"
    }
}
