# The manifests, as somebody without this module uses them: by kubectl.
BeforeDiscovery {
    $withoutKubectl = -not (Get-Command kubectl -CommandType Application -ErrorAction Ignore)
    if ($withoutKubectl) { Write-Warning 'kubectl is not installed: the manifests are not applied.' }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $folder = Join-Path $PSScriptRoot '..' '..' 'module' 'kubernetes' -Resolve
    $sandbox = Start-KubeSandbox -RunPods -Connect -ErrorAction Stop
    $env:KUBECONFIG = $sandbox.KubeConfig
}
AfterAll {
    $env:KUBECONFIG = $null
    Stop-TestSandbox
}

Describe 'The manifests' -Skip:$withoutKubectl {
    It 'are sound: <_>' -ForEach 'probe-job.yaml', 'check-cronjob.yaml' {
        $made = kubectl create --dry-run=client -n team-a -o json -f (Join-Path $folder $_) | ConvertFrom-Json
        $made.kind | Should -BeIn 'Job', 'CronJob'
        kubectl create --dry-run=server -n team-a -o name -f (Join-Path $folder $_) | Should -BeLike '*kubesa-*'
    }

    It 'probe by hand as the cmdlet does' {
        $job = kubectl create -n kube-system -o name -f (Join-Path $folder 'probe-job.yaml')
        $end = [DateTime]::UtcNow.AddSeconds(60)
        while (-not (kubectl get $job -n kube-system -o 'jsonpath={.status.succeeded}') -and [DateTime]::UtcNow -lt $end) { Start-Sleep -Milliseconds 200 }
        $pod = kubectl get pods -n kube-system -l "job-name=$($job -replace '.*/')" -o name
        (kubectl logs -n kube-system $pod | Test-KubeInClusterAccess).Cause | Should -Be (Invoke-KubeInClusterProbe default -Namespace kube-system).Cause
        kubectl delete $job -n kube-system | Should -BeLike '*deleted*'
    }

    It 'check regularly, with a log that tells and an exit code that counts' {
        $job = kubectl create --dry-run=client -o json -f (Join-Path $folder 'check-cronjob.yaml') | ConvertFrom-Json -Depth 50
        $script = $job.spec.jobTemplate.spec.template.spec.containers[0].args[0]
        $manifest = Join-Path $PSScriptRoot '..' '..' 'KubeSa.psd1' -Resolve
        # In the image the module is found by its name, and the mount is where it always is.
        $here = $script -replace '-AsEvidence', "-AsEvidence -MountPath '$($sandbox.MountPath)'"
        $log = pwsh -NoProfile -NonInteractive -Command "Import-Module '$manifest'`n$here"
        $LASTEXITCODE | Should -Be 0
        ($log | Test-KubeInClusterAccess).Summary | Should -BeLike 'There are * pods in the cluster'
        $log -match '✔.*Access' | Should -Not -BeNullOrEmpty

        $null = pwsh -NoProfile -NonInteractive -Command "Import-Module '$manifest'`n$($here -replace '-Verb list', '-Verb delete')"
        $LASTEXITCODE | Should -Be 1
    }
}
