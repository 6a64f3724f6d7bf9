BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    function Read-Snapshot([string] $Path) { Get-Content $Path -Raw | ConvertFrom-Json }
}
AfterAll { Stop-TestSandbox }

Describe 'Export-KubeAccessSnapshot' {
    It 'writes a private file with all that decides' {
        $file = Export-KubeAccessSnapshot (Join-Path $TestDrive 'one.json')
        $file | Should -BeOfType System.IO.FileInfo
        if (-not $IsWindows) { [int]$file.UnixFileMode | Should -Be ([Convert]::ToInt32('600', 8)) }
        $snapshot = Read-Snapshot $file
        $snapshot.schema | Should -Be 'kubesa.snapshot/1'
        $snapshot.cluster.server | Should -Be $sandbox.Url
        $snapshot.cluster.keyIds | Should -Not -BeNullOrEmpty
        $snapshot.notRead | Should -BeNullOrEmpty
        $snapshot.serviceAccounts | Where-Object { $_.namespace -eq 'tools' -and $_.name -eq 'ci-robot' } | Should -Not -BeNullOrEmpty
        ($snapshot.secrets | Where-Object name -EQ 'ci-robot-token').type | Should -Be 'kubernetes.io/service-account-token'
        $snapshot.pods | Should -Not -BeNullOrEmpty
    }

    It 'holds nothing of what Secrets hold' {
        $text = Get-Content (Export-KubeAccessSnapshot (Join-Path $TestDrive 'two.json')) -Raw
        $data = Get-KubeResource secrets -AllNamespaces | ForEach-Object { $_.data.PSObject.Properties.Value } | Where-Object Length -GT 12
        $data | Should -Not -BeNullOrEmpty
        foreach ($value in $data) { $text.Contains($value) | Should -BeFalse }
        $text | Should -Not -Match 'eyJ'
    }

    It 'packs where the name ends in gz, and reads both alike' {
        $packed = Export-KubeAccessSnapshot (Join-Path $TestDrive 'three.json.gz')
        [IO.File]::ReadAllBytes($packed.FullName)[0..1] | Should -Be 0x1f, 0x8b
        $plain = Export-KubeAccessSnapshot (Join-Path $TestDrive 'three.json')
        $packed.Length | Should -BeLessThan $plain.Length
    }

    It 'leaves a file that is there as it is without -Force' {
        $path = Join-Path $TestDrive 'four.json'
        Set-Content $path 'mine'
        { Export-KubeAccessSnapshot $path -ErrorAction Stop } | Should -Throw -ErrorId 'FileAlreadyExists,*'
        Get-Content $path | Should -Be 'mine'
        (Read-Snapshot (Export-KubeAccessSnapshot $path -Force)).schema | Should -Be 'kubesa.snapshot/1'
    }

    It 'writes a file for each of several clusters, and goes on where one fails' {
        $contexts = (Get-KubeContext -KubeConfig $sandbox.KubeConfig).Name | Select-Object -First 2
        { Export-KubeAccessSnapshot (Join-Path $TestDrive 'five.json') -KubeConfig $sandbox.KubeConfig -Context $contexts -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        $folder = New-Item (Join-Path $TestDrive 'fleet') -ItemType Directory
        $files = Export-KubeAccessSnapshot $folder -KubeConfig $sandbox.KubeConfig -Context @($contexts[0], 'no-such-context') -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction SilentlyContinue
        $files.Name | Should -Be "$($contexts[0]).json.gz"
        $failed.FullyQualifiedErrorId | Should -BeLike 'ContextNotFound,*'
    }

    It 'tells what may not be read, and notes it' {
        New-KubeRole snapshot-reader -ClusterWide -Verb get, list -Resource namespaces, serviceaccounts, pods | Out-Null
        Grant-KubeServiceAccountRole reader -Namespace team-a -ClusterRole snapshot-reader -ClusterWide | Out-Null
        $mine = Export-KubeServiceAccountKubeConfig reader -Namespace team-a -Path (Join-Path $TestDrive 'reader.kubeconfig')
        $file = Export-KubeAccessSnapshot (Join-Path $TestDrive 'six.json') -KubeConfig $mine.FullName -WarningVariable told -WarningAction SilentlyContinue
        $notRead = (Read-Snapshot $file).notRead
        ($notRead | Where-Object resource -EQ 'secrets').reason | Should -Be 'Forbidden'
        "$told" | Should -BeLike '*secrets*'
        (Read-Snapshot $file).serviceAccounts | Should -Not -BeNullOrEmpty
    }
}
