BeforeDiscovery { $hasKubectl = [bool](Get-Command kubectl -ErrorAction Ignore) }

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    $admin = Get-KubeConnection

    # The caller's own, of which a block must see nothing.
    $mine = @{
        AWS_SECRET_ACCESS_KEY = 'mine'; AZURE_CLIENT_SECRET = 'mine'; ARM_CLIENT_SECRET = 'mine'; GOOGLE_APPLICATION_CREDENTIALS = 'mine'; CLOUDSDK_CONFIG = 'mine'
        KUBE_TOKEN = 'mine'; KUBE_CONFIG_PATHS = 'mine'; HELM_KUBETOKEN = 'mine'; KUBERNETES_MASTER = 'mine'; KUBERNETES_SERVICE_HOST = '192.0.2.1'
    }
    foreach ($name in $mine.Keys) { Set-Item "env:$name" $mine[$name] }

    function Get-LeftSecret { @(kubectl --kubeconfig $sandbox.KubeConfig get secrets -n team-a -o name) -match 'kubesa-run-' }
    function Get-RunFolder { @(Get-ChildItem (Join-Path ([IO.Path]::GetTempPath()) 'kubesa-run-*' 'config') | Where-Object { Select-String -Path $_ -SimpleMatch $sandbox.Url.TrimEnd('/') -Quiet }) }
}
AfterAll {
    foreach ($name in $mine.Keys) { Remove-Item "env:$name" -ErrorAction Ignore }
    Stop-TestSandbox
}

Describe 'Invoke-KubeServiceAccountCommand' {
    AfterEach {
        Get-LeftSecret | Should -BeNullOrEmpty
        Get-RunFolder | Should -BeNullOrEmpty
        Get-KubeConnection | Should -Be $admin
        foreach ($name in $mine.Keys) { (Get-Item "env:$name").Value | Should -Be $mine[$name] }
    }

    It 'is the account inside, and the caller again after it' {
        Invoke-KubeServiceAccountCommand reader -Namespace team-a {
            (Get-KubeIdentity).UserName
            (Get-KubeConnection).Namespace
        } | Should -Be 'system:serviceaccount:team-a:reader', 'team-a'
        (Get-KubeIdentity).UserName | Should -Be 'kubernetes-admin'
    }

    It 'takes accounts by name, with their namespace, and from the pipeline' {
        Invoke-KubeServiceAccountCommand team-a/reader { (Get-KubeIdentity).UserName } | Should -Be 'system:serviceaccount:team-a:reader'
        Invoke-KubeServiceAccountCommand -ServiceAccount team-a/reader { (Get-KubeIdentity).UserName } | Should -Be 'system:serviceaccount:team-a:reader'
        Invoke-KubeServiceAccountCommand reader -Namespace team-a -ScriptBlock { (Get-KubeIdentity).UserName } | Should -Be 'system:serviceaccount:team-a:reader'
        Get-KubeServiceAccount builder, reader -Namespace team-a | Invoke-KubeServiceAccountCommand { (Get-KubeIdentity).UserName } |
            Should -Be 'system:serviceaccount:team-a:builder', 'system:serviceaccount:team-a:reader'
    }

    It 'lets kubectl be the account' -Skip:(-not $hasKubectl) {
        $said = Invoke-KubeServiceAccountCommand reader -Namespace team-a {
            kubectl auth whoami -o 'jsonpath={.status.userInfo.username}'
            kubectl config view --minify -o 'jsonpath={..namespace}'
        }
        $said | Should -Be 'system:serviceaccount:team-a:reader', 'team-a'
    }

    It 'passes exit codes on' -Skip:(-not $hasKubectl) {
        Invoke-KubeServiceAccountCommand reader -Namespace team-a { kubectl get secrets 2>&1 } | Should -Match 'forbidden'
        $LASTEXITCODE | Should -Be 1
        Invoke-KubeServiceAccountCommand reader -Namespace team-a { $null = kubectl get pods }
        $LASTEXITCODE | Should -Be 0
    }

    It 'has a kubeconfig for its owner alone, and nothing of the caller in the environment of its children' {
        $seen = Invoke-KubeServiceAccountCommand reader -Namespace team-a {
            pwsh -NoProfile -NonInteractive -Command 'Get-ChildItem env: | ForEach-Object { "$($_.Name)=$($_.Value)" }'
            if (-not $IsWindows) {
                'mode ' + [IO.File]::GetUnixFileMode($env:KUBECONFIG)
                'folder ' + [IO.File]::GetUnixFileMode((Split-Path $env:KUBECONFIG))
            }
        }
        $seen | Where-Object { $_ -match '=mine$|192\.0\.2\.1' } | Should -BeNullOrEmpty
        $seen -match '^KUBE' | ForEach-Object { ($_ -split '=')[0] } | Sort-Object | Should -Be 'KUBE_CONFIG_PATH', 'KUBECACHEDIR', 'KUBECONFIG'
        $seen -match 'eyJ' | Should -BeNullOrEmpty
        if (-not $IsWindows) {
            $seen | Should -Contain 'mode UserWrite, UserRead'
            $seen | Should -Contain 'folder UserExecute, UserWrite, UserRead'
        }
    }

    It 'keeps what it is told to keep' {
        Invoke-KubeServiceAccountCommand reader -Namespace team-a -KeepEnvironment AWS_* { "$env:AWS_SECRET_ACCESS_KEY $env:KUBE_TOKEN" } | Should -Be 'mine '
    }

    It 'takes away what the block has set of that kind, and leaves other variables to it' {
        try {
            Invoke-KubeServiceAccountCommand reader -Namespace team-a { $env:AWS_PROFILE = 'theirs'; $env:MY_SETTING = 'kept'; $env:KUBECONFIG = 'elsewhere' }
            $env:AWS_PROFILE | Should -BeNullOrEmpty
            $env:MY_SETTING | Should -Be 'kept'
            $env:KUBECONFIG | Should -BeLike '*no-such-kubeconfig'
        }
        finally { $env:MY_SETTING = $null }
    }

    It 'sees and sets the variables of where it stands, and the $_ there' {
        function Test-It {
            $local = 'seen'
            'one' | ForEach-Object { Invoke-KubeServiceAccountCommand reader -Namespace team-a { "$local $_"; $made = 'set' } }
            $made
        }
        Test-It | Should -Be 'seen one', 'set'
    }

    It 'writes objects as they come' {
        $seen = [Collections.Generic.List[string]]::new()
        Invoke-KubeServiceAccountCommand reader -Namespace team-a { 1..2 | ForEach-Object { $seen.Add("made $_"); $_ } } | ForEach-Object { $seen.Add("taken $_") }
        $seen | Should -Be 'made 1', 'taken 1', 'made 2', 'taken 2'
    }

    It 'passes all streams on' {
        $all = Invoke-KubeServiceAccountCommand reader -Namespace team-a { Write-Error 'an error' -ErrorAction Continue; Write-Warning 'a warning'; Write-Verbose 'a detail' -Verbose; Write-Information 'a note' } *>&1
        "$($all[0])", "$($all[1])", "$($all[2])", "$($all[3])" | Should -Be 'an error', 'a warning', 'a detail', 'a note'
    }

    It 'lets an error of the block through as it is' {
        { Invoke-KubeServiceAccountCommand reader -Namespace team-a { throw 'out of paint' } } | Should -Throw 'out of paint' -ErrorId 'out of paint'
        { Invoke-KubeServiceAccountCommand reader -Namespace team-a { Get-Item (Join-Path $TestDrive 'nope') -ErrorAction Stop } } | Should -Throw -ErrorId 'PathNotFound,*'
    }

    It 'ends when nobody wants more of it' {
        Invoke-KubeServiceAccountCommand reader -Namespace team-a { 1..1000 } | Select-Object -First 1 | Should -Be 1
    }

    It 'gives tokens for others in a variable of the block' {
        $KubeTokens = 'my own'
        Invoke-KubeServiceAccountCommand reader -Namespace team-a -Audience vault, 'https://example.com' {
            $KubeTokens.vault | Should -BeOfType securestring
            ($KubeTokens['https://example.com'] | ConvertFrom-KubeServiceAccountToken).Audiences
        } | Should -Be 'https://example.com'
        $KubeTokens | Should -Be 'my own'
    }

    It 'has a token that the server refuses afterwards' {
        Invoke-KubeServiceAccountCommand reader -Namespace team-a -Audience vault {
            $token = Get-Content (Join-Path (Split-Path $env:KUBECONFIG) 'token') -Raw
            $other = $KubeTokens.vault.Copy()
        }
        (ConvertFrom-KubeServiceAccountToken $token).SecretName | Should -BeLike 'kubesa-run-*'
        foreach ($one in $token, $other) {
            # The server remembers for some seconds that it was good.
            $until = [DateTime]::UtcNow.AddSeconds(60)
            $for = if ($one -is [securestring]) { @{ Audience = 'vault' } } else { @{} }
            do { $result = Test-KubeServiceAccountToken $one @for } while ($result.Valid -and [DateTime]::UtcNow -lt $until)
            $result.Cause | Should -Be 'SecretDeleted'
        }
    }

    It 'may stand in another one' {
        Invoke-KubeServiceAccountCommand deployer -Namespace team-a {
            Invoke-KubeServiceAccountCommand reader -Namespace team-a -Connection $admin { (Get-KubeIdentity).UserName; $inner = $env:KUBECONFIG }
            (Get-KubeIdentity).UserName
            $env:KUBECONFIG -ne $inner
        } | Should -Be 'system:serviceaccount:team-a:reader', 'system:serviceaccount:team-a:deployer', $true
    }

    It 'does not run beside another one in the same process' {
        $refused = Invoke-KubeServiceAccountCommand reader -Namespace team-a {
            1 | ForEach-Object -Parallel {
                Import-Module (Join-Path $using:PSScriptRoot '..' '..' 'KubeSa.psd1')
                try { Invoke-KubeServiceAccountCommand reader -Namespace team-a -Connection $using:admin { 'ran' } -ErrorAction Stop }
                catch { "$($_.FullyQualifiedErrorId)" }
            }
        }
        $refused | Should -BeLike 'Conflict,*'
    }

    It 'runs nothing where the account or the right is missing, and says what else there is' {
        { Invoke-KubeServiceAccountCommand nope -Namespace team-a { throw 'ran' } -ErrorAction Stop } | Should -Throw -ErrorId 'ServiceAccountNotFound,*'
        { Invoke-KubeServiceAccountCommand reader -Namespace team-a -KubeConfig $sandbox.KubeConfig -Context reader { throw 'ran' } -ErrorAction Stop } |
            Should -Throw -ErrorId 'Forbidden,*' -ExpectedMessage '*-Impersonate*'
        { Invoke-KubeServiceAccountCommand builder -Namespace team-a -Impersonate -KubeConfig $sandbox.KubeConfig -Context reader { throw 'ran' } -ErrorAction Stop } |
            Should -Throw -ErrorId 'Forbidden,*' -ExpectedMessage '*impersonate serviceaccounts*'
        Invoke-KubeServiceAccountCommand reader -Namespace team-a { throw 'ran' } -WhatIf
    }

    It 'refuses times that the server does not grant, and what makes no sense together' {
        { Invoke-KubeServiceAccountCommand reader -Namespace team-a { throw 'ran' } -Duration 5m -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*' -ExpectedMessage '*10 minutes*'
        { Invoke-KubeServiceAccountCommand reader -Namespace team-a { throw 'ran' } -Impersonate -Audience vault -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'impersonates, with the caller''s credentials in the kubeconfig' {
        $said = Invoke-KubeServiceAccountCommand reader -Namespace team-a -Impersonate {
            (Get-KubeIdentity).UserName
            if ($hasKubectl) { kubectl auth whoami -o 'jsonpath={.status.userInfo.username}' }
            Get-Content $env:KUBECONFIG | Where-Object { $_ -match '^ +as: ' } | ForEach-Object Trim
        }
        $said | Select-Object -Unique | Should -Be 'system:serviceaccount:team-a:reader', 'as: "system:serviceaccount:team-a:reader"'
    }

    It 'says of what was read in a block that its connection has ended' {
        $read = Invoke-KubeServiceAccountCommand deployer -Namespace team-a { Get-KubeServiceAccount reader }
        { $read | Get-KubeServiceAccount -ErrorAction Stop } | Should -Throw -ErrorId 'Unauthorized,*' -ExpectedMessage '*ended with the block*'
        ($read | Get-KubeServiceAccount -Connection $admin).Name | Should -Be 'reader'
    }

    It 'warns of processes that the block has left, which it ends' -Skip:(-not $IsLinux) {
        $process = Invoke-KubeServiceAccountCommand reader -Namespace team-a { Start-Process sleep 600 -PassThru } -WarningVariable warnings -WarningAction SilentlyContinue
        $process.WaitForExit(60000) | Should -BeTrue
        $warnings | Should -Match '1 process .* ended'
    }

    It 'warns where the Secret could not be deleted, and says which' {
        # An account that may make what it needs and not take it away.
        $null = New-KubeRole maker -Namespace team-a -Verb create -Resource secrets, serviceaccounts/token
        $null = New-KubeServiceAccount maker -Namespace team-a | Grant-KubeServiceAccountRole -Role maker
        Invoke-KubeServiceAccountCommand team-a/maker {
            Invoke-KubeServiceAccountCommand team-a/reader { 'ran' } -WarningVariable warnings -WarningAction SilentlyContinue
        } | Should -Be 'ran'
        $warnings -match 'Secret team-a/kubesa-run-\w+ could not be deleted' | Should -Not -BeNullOrEmpty
        Get-LeftSecret | ForEach-Object { Remove-KubeSaTokenSecret ($_ -replace '.*/') -Namespace team-a -Confirm:$false }
    }
}

Describe 'A process that ends in the middle of a block' -Skip:(-not $IsLinux) {
    BeforeAll {
        $module = Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1' -Resolve

        function Wait-Until([scriptblock] $Condition) {
            $until = [DateTime]::UtcNow.AddSeconds(90)
            while (-not (& $Condition)) {
                [DateTime]::UtcNow | Should -BeLessThan $until -Because "it waits for $Condition"
                Start-Sleep -Milliseconds 100
            }
        }

        function Start-Block([string] $Body) {
            $folder = New-Item (Join-Path $TestDrive (New-Guid)) -ItemType Directory
            Set-Content "$folder/script.ps1" @"
Import-Module '$module'
`$null = Connect-KubeCluster -KubeConfig '$($sandbox.KubeConfig)'
Invoke-KubeServiceAccountCommand reader -Namespace team-a {
    Copy-Item "`$(Split-Path `$env:KUBECONFIG)/token" '$folder/token'
    Split-Path `$env:KUBECONFIG > '$folder/path'
    `$PID > '$folder/ready'
    $Body
}
"@
            # In a process group of its own, to which a terminal would send its signals.
            $started = Start-Process setsid 'pwsh', '-NoProfile', '-NonInteractive', '-File', "$folder/script.ps1" -PassThru -RedirectStandardOutput "$folder/out" -RedirectStandardError "$folder/err"
            $null = $started.Handle
            Wait-Until { $started.HasExited -or (Get-Item "$folder/ready" -ErrorAction Ignore).Length -gt 0 }
            "$folder/ready" | Should -Exist -Because (Get-Content "$folder/out", "$folder/err" -Raw -ErrorAction Ignore)
            @{ Process = $started; Id = [int](Get-Content "$folder/ready"); Token = Get-Content "$folder/token" -Raw; Folder = Get-Content "$folder/path"; Child = "$folder/child" }
        }

        $sleeping = 'bash -c "echo `$`$ > $((Split-Path $PSCommandPath))/child; exec sleep 600"'
    }

    It 'leaves nothing, and no good token: <Way>' -ForEach @(
        @{ Way = 'exit 3'; Body = 'exit 3'; Code = 3 }
        @{ Way = '[Environment]::Exit(4)'; Body = '[Environment]::Exit(4)'; Code = 4 }
        @{ Way = 'throw'; Body = "throw 'away'"; Code = 1 }
        @{ Way = 'SIGTERM'; Signal = 'TERM' }
        @{ Way = 'SIGINT, as Ctrl+C'; Signal = 'INT' }
        @{ Way = 'SIGHUP, as a closed terminal'; Signal = 'HUP' }
        @{ Way = 'SIGQUIT'; Signal = 'QUIT' }
    ) {
        $block = Start-Block $(if ($Signal) { $sleeping } else { $Body })
        if ($Signal) {
            Wait-Until { (Get-Item $block.Child -ErrorAction Ignore).Length -gt 0 }
            kill "-$Signal" $(if ($Signal -eq 'INT') { '--'; -$block.Id } else { $block.Id })
        }
        $block.Process.WaitForExit(90000) | Should -BeTrue
        if ($Code) { $block.Process.ExitCode | Should -Be $Code }
        Get-LeftSecret | Should -BeNullOrEmpty
        $block.Folder | Should -Not -Exist
        if ($Signal) { Wait-Until { -not (Get-Process -Id (Get-Content $block.Child) -ErrorAction Ignore) } }
        Wait-Until { -not (Test-KubeServiceAccountToken $block.Token).Valid }
    }

    It 'is tidied up after by the next block where it was killed' {
        $block = Start-Block $sleeping
        Wait-Until { (Get-Item $block.Child -ErrorAction Ignore).Length -gt 0 }
        kill -KILL $block.Id
        $block.Process.WaitForExit(90000) | Should -BeTrue
        Get-LeftSecret | Should -HaveCount 1
        try { Invoke-KubeServiceAccountCommand reader -Namespace team-a { 'ran' } | Should -Be 'ran' }
        finally { Stop-Process -Id (Get-Content $block.Child) -ErrorAction Ignore }
        Get-LeftSecret | Should -BeNullOrEmpty
        $block.Folder | Should -Not -Exist
    }
}
