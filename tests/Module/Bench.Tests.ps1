BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' '..' 'bench' 'Measurement.psm1')
    $own = Find-PowerShell
    function fail { & $own.Program @($own.First) -NoProfile -NonInteractive -Command 'exit 3' }
}

Describe 'The bench' {
    It 'ends when <what>' -TestCases @(
        @{ what = 'a program fails, though the rest looks well'; way = { fail; 'default' }; says = '*exit code 3*' }
        @{ what = 'a command of a new pwsh fails'; way = { Invoke-PowerShell $own 'Get-Item /no/such/place' }; says = '*exit code 1*' }
        @{ what = 'a new pwsh finds no module'; way = { Invoke-PowerShell $own "Import-Module '/no/such/module.psd1'; 'default'" }; says = '*exit code 1*' }
        @{ what = 'a cmdlet fails'; way = { $ErrorActionPreference = 'Stop'; Get-Item /no/such/place; 'default' }; says = '*no/such/place*' }
        @{ what = 'nothing is written'; way = {}; says = '*did not do its work*' }
        @{ what = 'something else is written'; way = { 'other' }; says = '*no default in*' }
        @{ what = 'a way that measures itself proves nothing'; way = { [pscustomobject]@{ Milliseconds = 1.5; Output = '' } }; says = '*did not do its work*' }
    ) {
        { Measure-Turns 'work' 1 'default' ([ordered]@{ package = $way }) } | Should -Throw $says
    }

    It 'takes a way that does its work' {
        $times = Measure-Turns 'work' 4 'default' ([ordered]@{
            package = { Invoke-PowerShell $own "'the default account'" }
            bare    = { 'nothing' }
            floor   = { [pscustomobject]@{ Milliseconds = 1.5; Output = '{"name":"default"}' } }
        })
        $times['package'].Count | Should -Be 4
        $times['floor'] | Should -Be 1.5, 1.5, 1.5, 1.5
    }

    It 'runs the ways in turns, forth and back' {
        $script:order = ''
        $null = Measure-Turns 'work' 3 'x' ([ordered]@{ a = { $script:order += 'a'; 'x' }; b = { $script:order += 'b'; 'x' } })
        $script:order | Should -Be 'abbaabba'
    }

    It 'starts the pwsh that the user runs' {
        Invoke-PowerShell $own '"$($PSVersionTable.PSVersion)"' | Should -Be "$($PSVersionTable.PSVersion)"
        $own.CompiledAhead | Should -Be (Test-CompiledAhead ([psobject].Assembly.Location))
    }

    It 'takes a bare start off, round by round, and tells the spread' {
        $times = [ordered]@{}
        $times['package'] = [Collections.Generic.List[double]](110, 220, 330, 440, 550)
        $times['bare'] = [Collections.Generic.List[double]](10, 20, 30, 40, 50)
        $times['floor'] = [Collections.Generic.List[double]](100, 200, 300)
        $row = New-Row 'work' $times 'at most 1.2 x' { $args[0].floorRatio -le 1.2 }
        $row.ours, $row.floor, $row.floorRatio, $row.reached | Should -Be 300, 200, 1.5, $false
        $row.spread | Should -Be 200, 400
        ConvertTo-MarkdownTable $row | Select-Object -Last 1 | Should -Be '| work | 300 ms (200 to 400) | package |  | 200 ms |  | 1.5 x | at most 1.2 x | **no** |'
    }
}
