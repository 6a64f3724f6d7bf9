BeforeDiscovery {
    # What reads, and shows what a server sent. A new one without a case fails below.
    $cases = @{
        'Find-KubeAccess' = { Find-KubeAccess list pods -AllNamespaces }
        'Get-KubeAccessRule' = { Get-KubeAccessRule web }
        'Get-KubeConnection' = { Get-KubeConnection }
        'Get-KubeContext' = { Get-KubeContext -KubeConfig $kubeConfig }
        'Get-KubeIdentity' = { Get-KubeIdentity; Get-KubeIdentity -Rules }
        'Get-KubeNamespace' = { Get-KubeNamespace }
        'Get-KubePodIdentity' = { Get-KubePodIdentity -MountPath $mount }
        'Get-KubeResource' = { Get-KubeResource pods -AllNamespaces }
        'Get-KubeRole' = { Get-KubeRole -AllNamespaces }
        'Get-KubeRoleBinding' = { Get-KubeRoleBinding -AllNamespaces }
        'Get-KubeSaTokenSecret' = { Get-KubeSaTokenSecret -AllNamespaces }
        'Get-KubeServiceAccount' = { Get-KubeServiceAccount -AllNamespaces; Get-KubeServiceAccount web -IncludeTokens -IncludeEvents; (Get-KubeServiceAccount web -IncludeEvents).Events }
        'Get-KubeServiceAccountUsage' = { Get-KubeServiceAccountUsage -AllNamespaces; Get-KubeServiceAccountUsage -AllNamespaces -Unused }
        'Invoke-KubeRestMethod' = { Invoke-KubeRestMethod /api/v1/pods; (Invoke-KubeRestMethod /api/v1/pods).items; Invoke-KubeRestMethod /api/v1/namespaces/team-a/serviceaccounts/web; Invoke-KubeRestMethod /version }
        'Invoke-KubeRestMethod, a list' = { Invoke-KubeRestMethod /list }
        'Invoke-KubeRestMethod, text' = { Invoke-KubeRestMethod /text }
        'Test-KubeAccess' = { Test-KubeAccess list pods }
    }
    $views = @{
        'by default' = { param($made) $made | Out-String -Width 200 }
        'as a table' = { param($made) $made | Format-Table | Out-String -Width 200 }
        'as a list' = { param($made) $made | Format-List | Out-String -Width 200 }
        'among others' = { param($made) & { Get-KubeConnection; [version] '1.0'; $made } | Out-String -Width 200 }
        'as text' = { param($made) ($made | ForEach-Object ToString) -join "`n" }
        'as CSV' = { param($made) $made | Select-Object -ExcludeProperty ResourceVersion | ConvertTo-Csv | Out-String }
    }
    $shown = foreach ($name in $cases.Keys) {
        # What these write is data of the server, whole and as it is, and a CSV of it is data, too; its views alone are ours.
        $own = $views.Clone()
        if ($name -match '^Get-KubeResource|^Invoke-KubeRestMethod') { $own.Remove('as CSV') }
        # Text has no other view than itself.
        if ($name -match ', text$') { $own = @{ 'by default' = $views['by default'] } }
        @{ Name = $name; Case = $cases[$name]; Views = $own }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    Add-Type -TypeDefinition (Get-Content (Join-Path $PSScriptRoot 'HostileServer.cs') -Raw)
    $server = [KubeSa.Tests.HostileServer]::new()
    $obeyed = "`e[2J`e]0;x`a$([char] 0x9b)1m$([char] 0x202e)`b`r"
    $token = 'q7Zx-3fKp9Lw+T2v_Rm8Yd5Hn6Bc1Jg4s0Xe'
    $server.Text = $obeyed
    Connect-KubeCluster -Server $server.Url -Token (ConvertTo-SecureString $token -AsPlainText) -Namespace team-a | Out-Null

    $mount = Join-Path $TestDrive 'mount'
    New-Item $mount -ItemType Directory | Out-Null
    Set-Content (Join-Path $mount 'namespace') "team-a$obeyed" -NoNewline
    $claims = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes((@{ sub = "user$obeyed"; iss = "i$obeyed"; aud = @("a$obeyed") } | ConvertTo-Json))).TrimEnd('=').Replace('+', '-').Replace('/', '_')
    Set-Content (Join-Path $mount 'token') "eyJhbGciOiJSUzI1NiJ9.$claims.c2ln" -NoNewline
    $kubeConfig = Join-Path $TestDrive 'config'
    @{ apiVersion = 'v1'; kind = 'Config'; contexts = @(@{ name = "c$obeyed"; context = @{ cluster = "c$obeyed"; user = "u$obeyed"; namespace = "n$obeyed" } }); clusters = @(@{ name = "c$obeyed"; cluster = @{ server = 'https://127.0.0.1:1' } }) } |
        ConvertTo-Json -Depth 5 -EscapeHandling EscapeNonAscii | Set-Content $kubeConfig
}
AfterAll {
    Disconnect-KubeCluster
    if ($server) { $server.Dispose() }
}

Describe 'Text of others' {
    It 'has a case for each cmdlet that reads' {
        $reading = (Get-Command -Module KubeSa -CommandType Cmdlet | Where-Object { $_.Verb -in 'Get', 'Find' }).Name
        # They show what is the module's own, or judge what this server cannot hold; their types are tested by themselves.
        $reading | Where-Object { $_ -notin $cases.Keys -and $_ -notin 'Get-KubeServiceAccountAuditRule', 'Get-KubeAccessUse', 'Find-KubeEscalationPath' } | Should -BeNullOrEmpty
    } -ForEach @{ cases = $cases }

    It 'of <Name> is shown without what a terminal obeys' -ForEach $shown {
        $server.Text = $obeyed
        $made = @(& $Case -WarningAction SilentlyContinue)
        $made.Count | Should -BeGreaterThan 0
        foreach ($view in $Views.Keys) {
            $text = & $Views[$view] $made
            $text | Should -Not -BeNullOrEmpty
            # The console's own colours are no text of others.
            $text -replace '\x1b\[[0-9;]*m' | Should -Not -Match '(?!\r?\n)[\p{Cc}\p{Cf}]' -Because "it is shown $view"
        }
    }

    It 'of <Name> is shown without the credential that the server was shown' -ForEach $shown {
        $base64 = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($token))
        $server.Text = " $token $base64 "
        $made = @(& $Case -WarningAction SilentlyContinue)
        foreach ($view in $Views.Keys) {
            & $Views[$view] $made | Should -Not -Match "$([regex]::Escape($token.Substring(0, 12)))|$([regex]::Escape($base64.Substring(0, 12)))" -Because "it is shown $view"
        }
    }

    It 'is kept as it is where it is data' {
        $server.Text = $obeyed
        (Get-KubeServiceAccount web).Annotations["a$obeyed"] | Should -BeExactly $obeyed
        (Get-KubeServiceAccount web).Labels.Values | Should -Contain $obeyed
        (Get-KubeRoleBinding -AllNamespaces).Subjects.Name | Should -Contain $obeyed
        (Get-KubeResource pods -AllNamespaces)[0].metadata.labels."l$obeyed" | Should -BeExactly $obeyed
        (Invoke-KubeRestMethod /api/v1/pods).items[0].metadata.labels."l$obeyed" | Should -BeExactly $obeyed
        (Invoke-KubeRestMethod /list)[0].a | Should -BeExactly $obeyed
        [string]::Concat((Invoke-KubeRestMethod /list)[1]) | Should -BeExactly $obeyed
        Invoke-KubeRestMethod /text -Raw | Should -BeExactly "a $obeyed"
    }
}
