BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox

    # The sandbox's mount with other contents in some of its files; $null leaves one out.
    function New-Mount([hashtable] $Files = @{}) {
        $folder = New-Item (Join-Path $TestDrive "mount-$(New-Guid)") -ItemType Directory
        foreach ($name in 'token', 'ca.crt', 'namespace', 'kubernetes.env') {
            $content = $Files.ContainsKey($name) ? $Files[$name] : (Get-Content (Join-Path $sandbox.MountPath $name) -Raw)
            if ($null -ne $content) { Set-Content (Join-Path $folder $name) $content -NoNewline }
        }
        $folder.FullName
    }
}
AfterAll { Stop-TestSandbox }

Describe 'Test-KubeInClusterAccess' {
    It 'passes ten checks and counts the pods of the cluster' {
        $report = Test-KubeInClusterAccess -MountPath $sandbox.MountPath -AllNamespaces
        $report | Should -BeOfType KubeSa.AccessReport
        $report.Success | Should -BeTrue
        $report.Cause | Should -Be 'None'
        "$report" | Should -Be 'There are 10 pods in the cluster'
        $report.ItemCount | Should -Be 10
        $report.UserName | Should -Be 'system:serviceaccount:team-a:pod-watcher'
        $report.Checks.Name | Should -Be 'Environment', 'Mount', 'Token', 'CertificateAuthority', 'Network', 'Tls', 'Server',
            'Authentication', 'Authorization', 'Access'
        $report.Checks | Where-Object Status -In 'Fail', 'Skip' | Should -BeNullOrEmpty
    }

    It 'answers true or false with -Quiet' {
        Test-KubeInClusterAccess -MountPath $sandbox.MountPath -AllNamespaces -Quiet | Should -BeTrue
        Test-KubeInClusterAccess -MountPath $sandbox.MountPath -Verb delete -Resource secrets -Quiet | Should -BeFalse
    }

    It 'reports a failure as a report and not as an error' {
        $report = Test-KubeInClusterAccess -MountPath $sandbox.MountPath -Resource secrets -Namespace team-b -ErrorVariable failures
        $report.Cause | Should -Be 'Forbidden'
        $failures | Should -BeNullOrEmpty
        ($report.Checks | Where-Object Status -EQ 'Fail' | Select-Object -First 1).Remedy | Should -Not -BeNullOrEmpty
    }

    It 'names the cause: <Cause>' -ForEach @(
        @{ Cause = 'TokenFileMissing'; Files = @{ token = $null } }
        @{ Cause = 'TokenEmpty'; Files = @{ token = " `n" } }
        @{ Cause = 'TokenMalformed'; Files = @{ token = 'nonsense' } }
        @{ Cause = 'CaFileMissing'; Files = @{ 'ca.crt' = $null } }
        @{ Cause = 'CaMalformed'; Files = @{ 'ca.crt' = 'nonsense' } }
        @{ Cause = 'EnvironmentInvalid'; Files = @{ 'kubernetes.env' = "KUBERNETES_SERVICE_HOST=127.0.0.1`nKUBERNETES_SERVICE_PORT=junk`n" } }
        @{ Cause = 'ConnectionRefused'; Files = @{ 'kubernetes.env' = "KUBERNETES_SERVICE_HOST=127.0.0.1`nKUBERNETES_SERVICE_PORT=9`n" } }
        @{ Cause = 'NamespaceMismatch'; Files = @{ namespace = 'team-b' } }
    ) {
        $report = Test-KubeInClusterAccess -MountPath (New-Mount $Files)
        $report.Success | Should -BeFalse
        $report.Cause | Should -Be $Cause
        $report.Summary | Should -Not -BeNullOrEmpty
    }

    It 'does not trust a server that another authority has signed for' {
        $other = (Get-RecordedJson 'kubernetes-1.36/10-05-secret-get' | ConvertFrom-SaTokenSecret).CaCertificates[0].ExportCertificatePem()
        (Test-KubeInClusterAccess -MountPath (New-Mount @{ 'ca.crt' = $other })).Cause | Should -Be 'TlsUntrusted'
    }

    It 'says that it is in no cluster where there is no mount' {
        $report = Test-KubeInClusterAccess -MountPath (Join-Path $TestDrive 'nothing')
        $report.Cause | Should -BeIn 'NotInCluster', 'MountMissing'
        ($report.Checks | Where-Object Name -EQ 'Access').Status | Should -Be 'Skip'
    }

    It 'names a stored token''s retired key with an administrator''s connection' {
        $stale = Start-KubeSandbox -Scenario retired-key
        $admin = Connect-KubeCluster -KubeConfig $stale.KubeConfig
        (Test-KubeInClusterAccess -MountPath $stale.MountPath).Cause | Should -Be 'TokenRejected'
        (Test-KubeInClusterAccess -MountPath $stale.MountPath -AdminConnection $admin).Cause | Should -Be 'SignatureKeyUnknown'
        Connect-KubeCluster -KubeConfig $sandbox.KubeConfig
    }

    It 'goes on with -Continuous, through failures, until -Count' {
        $reports = Test-KubeInClusterAccess -MountPath (New-Mount @{ token = 'nonsense' }) -Continuous -IntervalSeconds 1 -Count 3
        $reports.Count | Should -Be 3
        $reports.Cause | Select-Object -Unique | Should -Be 'TokenMalformed'
        $reports[2].Timestamp | Should -BeGreaterThan $reports[0].Timestamp
    }

    It 'shows a checklist, with the remedy under what fails' {
        $view = Test-KubeInClusterAccess -MountPath $sandbox.MountPath -Verb delete -Resource secrets | Get-View
        $view | Should -Match '(?m)^✘ Forbidden: '
        $view | Should -Match '(?m)^  ✔ Authentication '
        $view | Should -Match '(?ms)^  ✘ Authorization .*?\n +→ '
    }

    It 'goes into a table, JSON and CSV' {
        $report = Test-KubeInClusterAccess -MountPath $sandbox.MountPath -AllNamespaces
        $report | Format-Table | Get-View | Should -Match '(?m)True +None +There are 10 pods'
        ($report | ConvertTo-Json -Depth 4 -EnumsAsStrings | ConvertFrom-Json).Checks[9].Status | Should -Be 'Pass'
        ($report | Select-Object Timestamp, Cause, Summary | ConvertTo-Csv)[1] | Should -BeLike '*"None","There are 10 pods in the cluster"'
    }

    It 'shows a line for each round of a series, on which failure and recovery stand out' {
        $mount = New-Mount
        $token = Get-Content (Join-Path $mount token) -Raw
        $view = Test-KubeInClusterAccess -MountPath $mount -Continuous -IntervalSeconds 0 -Count 3 | ForEach-Object {
            $_
            Set-Content (Join-Path $mount token) ($_.Round -eq 1 ? 'nonsense' : $token) -NoNewline
        } | Get-View
        $view | Should -Match '(?m)^1 +\d\d:\d\d:\d\dZ ✔ There are 10 pods'
        $view | Should -Match '(?m)^2 +\d\d:\d\d:\d\dZ ✘ FAILED TokenMalformed: '
        $view | Should -Match '(?m)^3 +\d\d:\d\d:\d\dZ ✔ RECOVERED There are 10 pods .*1 round'
    }

    It 'shows all with Format-List, and what strangers may see with -View Ticket' {
        $report = Test-KubeInClusterAccess -MountPath $sandbox.MountPath -Resource secrets -Namespace team-b
        $list = $report | Format-List | Get-View
        $list | Should -Match '(?ms)^Remedy +: It needs .*^Command +: Grant-KubeServiceAccountRole .*^Checks +: Pass Environment: .*Fail Authorization: .*Remedy: '
        $ticket = $report | Format-Custom -View Ticket | Get-View
        $ticket | Should -Match '^\s*Forbidden: system:serviceaccount:<namespace-1>:<account-1> may not list secrets in namespace <namespace-2>'
        $ticket.Trim() -replace '\s+' | Should -Be ($report.ToTicket().Trim() -replace '\s+')
        $ticket | Should -Not -Match 'team-[ab]'
    }

    It 'is the same JSON for machines, today and tomorrow' {
        $json = Test-KubeInClusterAccess -MountPath $sandbox.MountPath -AllNamespaces | ConvertTo-Json -Depth 5 -EnumsAsStrings | ConvertFrom-Json
        $json.PSObject.Properties.Name -join ' ' | Should -Be ('Success Cause Summary Remedy Command ServiceAccount Namespace UserName ApiServer ServerVersion ItemCount ' +
            'Checks Timestamp Round Change Changes Cluster ClusterServer')
        $json.Checks[0].PSObject.Properties.Name -join ' ' | Should -Be 'Name Status Detail Remedy Command Elapsed'
        $json.Success | Should -BeTrue
        $json.Cause | Should -Be 'None'
        $json.ItemCount | Should -Be 10
        $json.Checks.Name -join ' ' | Should -Be 'Environment Mount Token CertificateAuthority Network Tls Server Authentication Authorization Access'
        $json.Checks.Status | Select-Object -Unique | Should -Be 'Pass'
        $json.Timestamp | Should -BeOfType datetime
    }

    It 'gives a line that runs and grants what is missing, and no more' {
        $question = @{ MountPath = $sandbox.MountPath; Resource = 'services'; Namespace = 'team-b' }
        $line = (Test-KubeInClusterAccess @question).Command
        $line | Should -Be 'Grant-KubeServiceAccountRole team-a/pod-watcher -Verb list -Resource services -Namespace team-b'
        Invoke-Expression $line | Out-Null
        (Test-KubeInClusterAccess @question).Cause | Should -Be 'None'
        (Test-KubeInClusterAccess @question -Verb get).Cause | Should -Be 'Forbidden'
    }

    It 'is a probe by its exit code: <Name>' -ForEach @(
        @{ Name = 'ready'; Files = @{}; Code = 0; Number = 0 }
        @{ Name = 'not ready'; Files = @{ token = 'nonsense' }; Code = 1; Number = 6 }
    ) {
        $mount = New-Mount $Files
        $module = Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1'
        pwsh -NoProfile -Command "Import-Module '$module'; exit [int]-not (Test-KubeInClusterAccess -MountPath '$mount' -Quiet)"
        $LASTEXITCODE | Should -Be $Code
        pwsh -NoProfile -Command "Import-Module '$module'; exit [int](Test-KubeInClusterAccess -MountPath '$mount').Cause"
        $LASTEXITCODE | Should -Be $Number
    }

    It 'waits in an init container until the account can do its work' {
        $mount = New-Mount @{ token = 'nonsense' }
        $token = Get-Content (Join-Path $sandbox.MountPath token) -Raw
        $rounds = 0
        Test-KubeInClusterAccess -MountPath $mount -Continuous -Quiet -IntervalSeconds 0.1 | ForEach-Object {
            if (++$rounds -eq 3) { Set-Content (Join-Path $mount token) $token -NoNewline }
            $_
        } | Where-Object { $_ } | Select-Object -First 1 | Should -BeTrue
        $rounds | Should -BeGreaterOrEqual 4
    }
}
