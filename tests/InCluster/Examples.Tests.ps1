# The examples of work in a pod: applied by kubectl as their first lines say, and run as their account, with what their role allows.
BeforeDiscovery {
    $withoutKubectl = -not (Get-Command kubectl -CommandType Application -ErrorAction Ignore)
    if ($withoutKubectl) { Write-Warning 'kubectl is not installed: the examples are not run.' }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $folder = Join-Path $PSScriptRoot '..' '..' 'module' 'kubernetes' -Resolve
    $manifest = Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1' -Resolve
    $sandbox = Start-TestSandbox
    $server = [uri] $sandbox.Url

    # What stands in the pod of the last document, with what the kubelet would give it.
    function Initialize-Example([string] $File, [string] $Account) {
        $null = kubectl --kubeconfig $sandbox.KubeConfig apply -n team-a -f (Join-Path $folder $File)
        $LASTEXITCODE | Should -Be 0
        $mount = New-Item (Join-Path $TestDrive $Account) -ItemType Directory -Force
        New-KubeServiceAccountToken $Account -Namespace team-a -AsPlainText | Set-Content (Join-Path $mount 'token') -NoNewline
        Copy-Item $sandbox.CertificateAuthority (Join-Path $mount 'ca.crt')
        Set-Content (Join-Path $mount 'namespace') team-a -NoNewline
        $last = (kubectl --kubeconfig $sandbox.KubeConfig get -n team-a -o json -f (Join-Path $folder $File) | ConvertFrom-Json -Depth 50).items[-1]
        $script = Join-Path $TestDrive "$Account.ps1"
        Set-Content $script @"
Import-Module '$manifest'
`$null = Connect-KubeCluster -InCluster -MountPath '$mount'
$($last.spec.template.spec.containers[0].args[0])
"@
        $script
    }

    function Start-Example([string] $Script) {
        $variables = @{ KUBERNETES_SERVICE_HOST = $server.Host; KUBERNETES_SERVICE_PORT = "$($server.Port)" }
        $process = Start-Process pwsh '-NoProfile', '-NonInteractive', '-File', $Script -PassThru -Environment $variables -RedirectStandardOutput "$Script.log"
        $null = $process.Handle
        $process
    }

    function Get-Log([string] $Script) { @(Get-Content "$Script.log" -ErrorAction Ignore) }

    function Get-Annotation([string] $Deployment, [string] $Name) { (Get-KubeResource deployments $Deployment -Namespace team-a).spec.template.metadata.annotations.$Name }

    function Wait-Until([scriptblock] $Condition) {
        $until = [DateTime]::UtcNow.AddSeconds(90)
        while (-not (& $Condition)) {
            [DateTime]::UtcNow | Should -BeLessThan $until -Because "it waits for $Condition"
            Start-Sleep -Milliseconds 100
        }
    }
}
AfterAll { Stop-TestSandbox }

Describe 'The examples of work in a pod' -Skip:$withoutKubectl {
    It 'restart a Deployment by a Job' {
        $script = Initialize-Example restart-job.yaml restart-web
        $process = Start-Example $script
        $process.WaitForExit()
        $process.ExitCode | Should -Be 0 -Because "$(Get-Log $script)"
        Get-Annotation web 'kubectl.kubernetes.io/restartedAt' | Should -Not -BeNullOrEmpty
    }

    It 'say why a Job could not do it' {
        $script = Initialize-Example restart-job.yaml restart-web
        $null = kubectl --kubeconfig $sandbox.KubeConfig delete rolebinding restart-web -n team-a
        $process = Start-Example $script
        $process.WaitForExit()
        Get-Log $script | Should -BeLike 'Forbidden,*'
        $process.ExitCode | Should -Be 1
    }

    It 'restart Deployments when a ConfigMap changes, and only then' {
        $null = New-KubeResource @{
            apiVersion = 'v1'; kind = 'ConfigMap'; data = @{ colour = 'red' }
            metadata = @{ name = 'colours'; namespace = 'team-a'; labels = @{ 'kubesa.example/watched' = 'true' }; annotations = @{ 'kubesa.example/restarts' = 'nope, web' } }
        }
        $script = Initialize-Example restart-on-change.yaml restart-on-change
        $process = Start-Example $script
        try {
            Wait-Until { (Get-Log $script) -match 'in Deployment web' }
            $first = Get-Annotation web 'kubesa.example/colours'
            $first | Should -Not -BeNullOrEmpty

            # Another label changes nothing; other data do, and come behind it.
            $null = Set-KubeResource configmaps colours -Namespace team-a -Patch @{ metadata = @{ labels = @{ other = 'label' } } }
            $null = Set-KubeResource configmaps colours -Namespace team-a -Patch @{ data = @{ colour = 'blue' } }
            Wait-Until { $said = Get-Log $script; @($said -match 'in Deployment web').Count -ge 2 }
        }
        finally {
            $process.Kill($true)
            $process.WaitForExit()
        }
        Get-Annotation web 'kubesa.example/colours' | Should -Not -Be $first
        $said = Get-Log $script
        @($said -match 'in Deployment web').Count | Should -Be 2
        @($said -match 'Deployment nope was not changed').Count | Should -Be 2
    }
}
