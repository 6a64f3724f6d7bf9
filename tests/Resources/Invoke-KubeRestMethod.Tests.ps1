BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    $maps = '/api/v1/namespaces/team-a/configmaps'
}
AfterAll { Stop-TestSandbox }

Describe 'Invoke-KubeRestMethod' {
    It 'gives JSON as objects, and the body as it is with -Raw' {
        (Invoke-KubeRestMethod /version).major | Should -Be '1'
        (Invoke-KubeRestMethod api/v1/namespaces/team-a).metadata.name | Should -Be 'team-a'
        (Invoke-KubeRestMethod -Uri /version -Raw | ConvertFrom-Json).major | Should -Be '1'
        Invoke-KubeRestMethod /readyz | Should -Be 'ok'
    }

    It 'refuses what leads elsewhere: <_>' -ForEach 'https://example.com/api', '//example.com/api', '/api/../../x', '/api/%2e%2e/x', '/api/%252e%252e/x', '/api/v1/..\x', '/a b' {
        { Invoke-KubeRestMethod $_ -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'refuses an answer that does not end' {
        { Invoke-KubeRestMethod '/api/v1/pods?watch=1' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        { Invoke-KubeRestMethod /api/v1/pods -Query @{ watch = $true } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'creates from a hashtable, JSON and YAML, and patches in four ways' {
        $null = Invoke-KubeRestMethod $maps -Method POST -Body @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'one' }; data = @{ a = '1' } } -ErrorAction Stop
        $null = Invoke-KubeRestMethod $maps -Method POST -Body '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"two"}}' -ErrorAction Stop
        $null = Invoke-KubeRestMethod $maps -Method POST -Body "apiVersion: v1`nkind: ConfigMap`nmetadata:`n  name: three" -ErrorAction Stop
        (Invoke-KubeRestMethod "$maps/one" -Method PATCH -Body @{ data = @{ b = '2'; a = $null } }).data.PSObject.Properties.Name | Should -Be 'b'
        (Invoke-KubeRestMethod "$maps/one" -Method PATCH -ContentType strategic -Body @{ data = @{ c = '3' } }).data.c | Should -Be '3'
        (Invoke-KubeRestMethod "$maps/one" -Method PATCH -ContentType json -Body @(, @{ op = 'add'; path = '/data/d'; value = '4' })).data.d | Should -Be '4'
        (Invoke-KubeRestMethod "$maps/four" -Method PATCH -ContentType apply -Body "apiVersion: v1`nkind: ConfigMap`nmetadata:`n  name: four`ndata:`n  e: '5'" -FieldManager me).data.e | Should -Be '5'
    }

    It 'changes nothing with -DryRun or -WhatIf' {
        $null = Invoke-KubeRestMethod "$maps/two" -Method PATCH -Body @{ data = @{ x = '1' } } -DryRun
        $null = Invoke-KubeRestMethod "$maps/two" -Method DELETE -WhatIf
        (Invoke-KubeRestMethod "$maps/two").data.x | Should -BeNullOrEmpty
    }

    It 'adds -Query, escaped' {
        (Invoke-KubeRestMethod /api/v1/pods -Query @{ labelSelector = 'app in (coredns)'; limit = 1 }).items | Should -HaveCount 1
    }

    It 'has the ids of the other cmdlets' {
        { Invoke-KubeRestMethod /api/v1/namespaces/team-a/secrets/nope -ErrorAction Stop } | Should -Throw -ErrorId 'SecretNotFound,*'
        { Invoke-KubeRestMethod /apis/apps/v1/namespaces/team-a/deployments/nope -ErrorAction Stop } | Should -Throw -ErrorId 'WorkloadNotFound,*'
        { Invoke-KubeRestMethod /api/v1/secrets -KubeConfig $sandbox.KubeConfig -Context reader -ErrorAction Stop } | Should -Throw -ErrorId 'Forbidden,*'
    }
}
