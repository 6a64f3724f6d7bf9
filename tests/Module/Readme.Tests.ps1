# Whatever the README shows is run: its blocks of PowerShell, its transcript with the output it shows, and its table of kubectl's commands.
BeforeDiscovery {
    $text = (Get-Content (Join-Path $PSScriptRoot '..' '..' 'README.md') -Raw) -replace "`r"
    $blocks = [regex]::Matches($text, '(?ms)^```powershell\n(.*?)^```').ForEach{ @{ Script = $_.Groups[1].Value; First = $_.Groups[1].Value.Split("`n")[0] } }
    $transcripts = [regex]::Matches($text, '(?ms)^```console\n(PS> .*?)^```').ForEach{ @{ Transcript = $_.Groups[1].Value } }
    $replacements = [regex]::Matches($text, '(?m)^\| `kubectl [^|]*(?:\\\|[^|]*)*\| `(.+)` \|$').ForEach{ @{ Command = $_.Groups[1].Value.Replace('\|', '|') } }
    # Code is no place for links, though [int](...) looks like one.
    $linked = [regex]::Matches(($text -replace '(?ms)^```.*?^```|`[^`]*`'), '\]\((?!https?:)([^)#]+)').ForEach{ @{ Path = $_.Groups[1].Value } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $root = Join-Path $PSScriptRoot '..' '..' -Resolve
    $readme = (Get-Content (Join-Path $root 'README.md') -Raw) -replace "`r"

    # A session of its own, for commands build on what others have set.
    function New-Session {
        $session = [powershell]::Create()
        $null = Invoke-Line $session "Import-Module '$(Join-Path $root 'KubeSa.psd1')'; Set-Location '$TestDrive'"
        $session
    }

    function Invoke-Line($Session, [string] $Command) {
        $Session.Commands.Clear()
        $Session.Streams.ClearStreams()
        $shown = $Session.AddScript($Command).AddCommand('Out-String').AddParameter('Width', 1000).Invoke() -join ''
        $Session.Streams.Error | ForEach-Object ToString | Should -BeNullOrEmpty -Because "'$Command' must not fail"
        $shown
    }

    # What differs from run to run, and blanks.
    function Get-Comparable([string] $Text) {
        $plain = $Text -replace '\x1b\[[0-9;]*m' -replace '(?<=127\.0\.0\.1:|PORT is )\d+', 'PORT' -replace '(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'UID' `
            -replace '[\w-]{43}|[\w-]{11}…', 'KEY' -replace '\S*kubesa-sandbox-\w+', 'FOLDER' -replace '\b\d+( ms|m?s)\b', 'AGE' -replace '\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}', 'DATE' -replace '\d\d:\d\d:\d\d', 'TIME' `
            -replace '(?<=pod-counter-)[\w-]+', 'SUFFIX'
        # Where lines are broken depends on the lengths of names.
        ($plain -replace '-{2,}', '--' -replace '\s+', ' ').Trim()
    }
}
AfterAll { Stop-TestSandbox }

Describe 'README' {
    It 'shows what really comes of the commands' -ForEach $transcripts {
        $session = New-Session
        foreach ($step in $Transcript -split '(?m)^(?=PS> )' -ne '') {
            $command, $shown = $step.Substring(4) -split "`n", 2
            Get-Comparable (Invoke-Line $session $command) | Should -Be (Get-Comparable $shown) -Because "that is what the README shows of '$command'"
        }
        $session.Dispose()
    }

    Context 'where the reader sits: a kubeconfig, a cluster and a pod''s mount of their own' {
        BeforeAll {
            $old = Start-TestSandbox -Scenario legacy
            $new = Start-TestSandbox -Scenario modern
            Get-RecordedToken | Set-Content (Join-Path $TestDrive 'token')
            Get-RecordedJson 'kubernetes-1.36/10-05-secret-get' | Set-Content (Join-Path $TestDrive 'secret.yaml')

            function New-ReaderSession([string] $Script, $Sandbox) {
                $session = New-Session
                $null = Invoke-Line $session @"
`$env:KUBECONFIG = '$($Sandbox.KubeConfig)'
`$mount = '$($Sandbox.MountPath)'
`$PSDefaultParameterValues = @{ 'Test-KubeInClusterAccess:MountPath' = `$mount; 'Get-KubePodIdentity:MountPath' = `$mount }
"@
                if ($Script -match '-InCluster') {
                    $null = Invoke-Line $session @'
Get-Content (Join-Path $mount kubernetes.env) | ForEach-Object { $name, $value = $_ -split '='; Set-Item env:$name $value }
$PSDefaultParameterValues['Connect-KubeCluster:MountPath'] = $mount
'@
                }
                $session
            }
        }
        AfterEach {
            $env:KUBECONFIG = Join-Path $TestDrive 'no-such-kubeconfig'
            $env:KUBERNETES_SERVICE_HOST = $null
            $env:KUBERNETES_SERVICE_PORT = $null
        }

        It 'has examples that run: <First>' -ForEach $blocks {
            if ($Script -match '(?m)^kubectl' -and -not (Get-Command kubectl -ErrorAction Ignore)) {
                Set-ItResult -Skipped -Because 'kubectl is not installed'
            }
            $session = New-ReaderSession $Script $old
            Invoke-Line $session $Script | Should -Not -BeNullOrEmpty
            $session.Dispose()
        }

        It 'has a command that runs in the place of one of kubectl''s: <Command>' -ForEach $replacements {
            $session = New-ReaderSession $Command $new
            $null = Invoke-Line $session "Set-Content robot.yaml 'apiVersion: v1', 'kind: ServiceAccount', 'metadata: { name: robot-of-a-file }'"
            $null = Invoke-Line $session "Connect-KubeCluster -Namespace team-a; $Command"
            $session.Dispose()
        }
    }

    It 'links to what exists: <Path>' -ForEach $linked {
        Join-Path $root $Path | Should -Exist
    }

    It 'names every cmdlet' {
        (Get-Command -Module KubeSa).Name.Where{ $readme -notmatch "\b$_\b" } | Should -BeNullOrEmpty
    }
}
