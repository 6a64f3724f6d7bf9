# Types every example of the help as a user would. What an example may rely on is said in module/help/README.md.
BeforeDiscovery {
    $form = '(?ms)^## Example: (?<title>[^\n]+)\n+```powershell *(?<scenario>[\w-]*)\n(?<code>.*?)\n```(?:\n+```output\n(?<output>.*?)\n```)?'
    $pages = foreach ($file in Get-ChildItem (Join-Path $PSScriptRoot '..' '..' 'module' 'help' '*-*.md')) {
        $text = (Get-Content $file -Raw) -replace '\r'
        $examples = foreach ($match in [regex]::Matches($text, $form)) {
            @{
                Title    = $match.Groups['title'].Value
                Scenario = $match.Groups['scenario'].Value ? $match.Groups['scenario'].Value : 'modern'
                Code     = $match.Groups['code'].Value
                Output   = $match.Groups['output'].Value
            }
        }
        @{ Cmdlet = $file.BaseName; Examples = @($examples); Headings = [regex]::Matches($text, '(?m)^## Example: ').Count }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')

    # A sandbox that nothing but reading was done to serves the next example too: starting one takes a second or two.
    function Get-FreshSandbox([string] $Scenario) {
        if ($script:fresh -and $script:fresh.Scenario -eq $Scenario) { return $script:fresh }
        Stop-KubeSandbox
        $script:fresh = Start-KubeSandbox -Scenario $Scenario -ErrorAction Stop
        $script:fresh
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
        $secret = Get-RecordedJson 'kubernetes-1.36/10-05-secret-get' | ConvertFrom-Json
        Set-Content secret.yaml @"
apiVersion: v1
kind: Secret
type: $($secret.type)
metadata:
  namespace: $($secret.metadata.namespace)
  name: $($secret.metadata.name)
  annotations:
    kubernetes.io/service-account.name: $($secret.metadata.annotations.'kubernetes.io/service-account.name')
data:
  ca.crt: $($secret.data.'ca.crt')
  namespace: $($secret.data.namespace)
  token: $($secret.data.token)
"@
        Set-Content token (Get-RecordedToken)
    }
    AfterAll { Pop-Location }

    It 'are read whole by this test' { $Examples.Count | Should -Be $Headings }

    It '<Title>' -ForEach $Examples {
        if ($Code -match '\bkubectl\b' -and -not (Get-Command kubectl -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'there is no kubectl on PATH'
        }
        $sandbox = Get-FreshSandbox $Scenario
        if (-not (Test-Reading $Code)) { $script:fresh = $null }
        $env:KUBECONFIG = $sandbox.KubeConfig
        Connect-KubeCluster
        $ConfirmPreference = 'None'

        $all = & ([scriptblock]::Create($Code)) 2>&1
        $all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | Should -BeNullOrEmpty
        if ($Output) { $all | Get-View | Should -Match (Get-Pattern $Output) }
    }
}
