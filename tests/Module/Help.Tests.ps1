# Types every example as Get-Help prints it, in a session that has done nothing but Import-Module KubeSa; Start-KubeSandbox -Connect.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $form = '(?ms)^## Example: (?<title>[^\n]+)\n+```powershell\n.*?\n```(?:\n+```output\n(?<output>.*?)\n```)?'
    $pages = foreach ($cmdlet in Get-Command -Module KubeSa -CommandType Cmdlet) {
        $text = (Get-Content (Join-Path $PSScriptRoot '..' '..' 'module' 'help' "$($cmdlet.Name).md") -Raw) -replace '\r'
        $outputs = @([regex]::Matches($text, $form).ForEach{ $_.Groups['output'].Value })
        $index = 0
        $examples = foreach ($example in (Get-Help $cmdlet.Name).examples.example) {
            @{ Title = $example.title; Code = $example.code; Output = $outputs[$index++] }
        }
        @{ Cmdlet = $cmdlet.Name; Examples = @($examples); Headings = [regex]::Matches($text, '(?m)^## Example: ').Count; Outputs = $outputs.Count }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')

    # A sandbox that nothing but reading was done to serves the next example too: starting one takes a second or two.
    function Initialize-Session {
        $env:KUBECONFIG = Join-Path $PSScriptRoot 'no-such-kubeconfig'
        $env:TOKEN = $env:VAULT_TOKEN = $null
        if (-not $script:isFresh) {
            Stop-KubeSandbox
            $script:server = Start-KubeSandbox -ErrorAction Stop
        }
        $null = Connect-KubeCluster -KubeConfig $script:server.KubeConfig
    }

    function Test-Reading([string] $Code) {
        $syntax = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $null)
        $commands = $syntax.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) | ForEach-Object GetCommandName
        -not ($commands -like '*-Kube*' -notmatch '^(Get|Test|Find|ConvertFrom|Connect|Disconnect|Export)-')
    }

    # What a block of output stands for: ages and what it leaves out may be anything, and columns may be wider.
    function Get-Pattern([string] $Output) {
        $words = $Output.Trim() -split '\s+' -replace '^-{3,}$', '---' | ForEach-Object {
            [regex]::Escape($_) -replace '\\\.\\\.\\\.|…', '[\s\S]*' -replace '^\d+[smhdy]$', '\d+[smhdy]' -replace '^---$', '-+'
        }
        '^\s*' + ($words -join '\s+') + '\s*$'
    }
}

AfterAll { Stop-TestSandbox }

Describe 'The examples of <Cmdlet>' -ForEach $pages {
    BeforeAll {
        Push-Location (New-Item (Join-Path $TestDrive $Cmdlet) -ItemType Directory)
    }
    AfterAll { Pop-Location }

    It 'are read whole by this test' {
        $Examples.Count | Should -Be $Headings
        $Outputs | Should -Be $Headings
    }

    It '<Title>' -ForEach $Examples {
        if ($Code -match '\bkubectl\b' -and -not (Get-Command kubectl -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'there is no kubectl on PATH'
        }
        Initialize-Session
        $script:isFresh = Test-Reading $Code
        $ConfirmPreference = 'None'

        $all = & ([scriptblock]::Create($Code)) 2>&1
        $all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | Should -BeNullOrEmpty
        if ($Output) { $all | Get-View | Should -Match (Get-Pattern $Output) }
    }
}
