BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
}
AfterAll { Stop-TestSandbox }

Describe 'New-KubeResource' {
    It 'creates from a hashtable and outputs the object as the server has it' {
        $made = New-KubeResource @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'one' }; data = @{ a = '1' } } -Namespace team-a
        $made.PSObject.TypeNames[0] | Should -Be 'KubeSa.Resource#v1/ConfigMap'
        $made.Namespace, $made.data.a | Should -Be 'team-a', '1'
    }

    It 'reads documents of YAML as kubectl does, whole, by lines and from files; a damaged one keeps no other back' {
        $text = "apiVersion: v1`nkind: ConfigMap`nmetadata:`n  name: two`n  namespace: team-a`ndata:`n  a: `"07`"`n---`nkind: [`n---`n" +
            "apiVersion: apps/v1`nkind: Deployment`nmetadata:`n  name: three`n  namespace: team-a`nspec:`n  replicas: 2`n  selector: {matchLabels: {app: three}}`n" +
            "  template:`n    metadata: {labels: {app: three}}`n    spec: {containers: [{name: c, image: example}], volumes: [{name: v, secret: {secretName: s, defaultMode: 0400}}]}`n"
        $made = $text -split "`n" | New-KubeResource -ErrorVariable failures -ErrorAction SilentlyContinue
        $made.Name | Should -Be 'two', 'three'
        $made[1].spec.replicas | Should -Be 2
        $made[1].spec.template.spec.volumes[0].secret.defaultMode | Should -Be 256
        $failures[0].FullyQualifiedErrorId | Should -Be 'InvalidRequest,KubeSa.Cmdlets.NewKubeResourceCommand'
        $file = Join-Path $TestDrive 'four.yaml'
        Set-Content $file ($text -replace 'two', 'four' -split '---')[0]
        (New-KubeResource -Path $file).Name | Should -Be 'four'
    }

    It 'copies an object, without what the server gave it' {
        $copy = Get-KubeResource configmaps kube-root-ca.crt -Namespace team-a
        $copy.metadata.name = 'copied'
        ($copy | New-KubeResource).data.'ca.crt' | Should -Be $copy.data.'ca.crt'
    }

    It 'says what it cannot create' {
        { New-KubeResource @{ kind = 'ConfigMap' } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
        { New-KubeResource @{ apiVersion = 'v1'; kind = 'Nonsuch'; metadata = @{ name = 'x' } } -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
        { New-KubeResource @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'x'; namespace = 'team-b' } } -Namespace team-a -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'creates nothing with -WhatIf' {
        New-KubeResource @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'none' } } -Namespace team-a -WhatIf
        Get-KubeResource configmaps none* -Namespace team-a | Should -BeNullOrEmpty
    }
}
