BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1')
    $sandbox = Start-TestSandbox
    $null = New-KubeRole steal -Namespace team-a -Verb create -Resource serviceaccounts/token
    $null = New-KubeServiceAccount thief -Namespace team-a
    $null = Grant-KubeServiceAccountRole team-a/thief -Role steal -Namespace team-a
}
AfterAll { Stop-TestSandbox }

Describe 'Invoke-KubeServiceAccountAudit' {
    It 'names account, binding, role and rule, and what to type' {
        $found = Invoke-KubeServiceAccountAudit team-a/thief -Rule SA-TOKENREQUEST
        $found.Account, $found.Namespace, $found.ServiceAccount | Should -Be 'team-a/thief', 'team-a', 'thief'
        $found.Evidence.Kind | Should -Be 'RoleBinding', 'Role'
        "$($found.Evidence[1])" | Should -BeLike 'Role team-a/steal (rule 1: create serviceaccounts/token)'
        $found.Command | Should -BeLike 'Revoke-KubeServiceAccountRole team-a/thief -Role steal -Namespace team-a'
        $found.Reference | Should -Match 'CIS'
        $found.SeverityReason | Should -Match 'no pod runs as it'
        $found.ClusterServer | Should -Be $sandbox.Url
    }

    It 'finds nothing more once its command has been typed' {
        $null = New-KubeServiceAccount other -Namespace team-a
        $null = Grant-KubeServiceAccountRole team-a/other -Role steal -Namespace team-a
        $found = Invoke-KubeServiceAccountAudit team-a/other -Rule SA-TOKENREQUEST
        $found | Should -HaveCount 1
        Invoke-Expression "$($found.Command) -Confirm:`$false"
        Invoke-KubeServiceAccountAudit team-a/other -Rule SA-TOKENREQUEST | Should -BeNullOrEmpty
    }

    It 'finds nothing in what the server itself gives' {
        (Invoke-KubeServiceAccountAudit -Namespace kube-system).RuleId | Should -Not -Contain 'SA-ADMIN'
        (Invoke-KubeServiceAccountAudit -Rule SA-GROUP-ALL, SA-ANON, SA-MASTERS) | Should -BeNullOrEmpty
    }

    It 'tells of the gravest first, and of no less than -Severity' {
        $all = Invoke-KubeServiceAccountAudit
        $all.Severity | Should -Be ($all.Severity | Sort-Object -Descending)
        $some = Invoke-KubeServiceAccountAudit -Severity Medium
        $some.Count | Should -BeLessThan $all.Count
        $some | Where-Object Severity -LT Medium | Should -BeNullOrEmpty
    }

    It 'takes accounts from the pipeline, wildcards and namespaces' {
        (Get-KubeServiceAccount thief -Namespace team-a | Invoke-KubeServiceAccountAudit).RuleId | Should -Contain 'SA-TOKENREQUEST'
        (Invoke-KubeServiceAccountAudit 'team-*/thi*').ServiceAccount | Sort-Object -Unique | Should -Be 'thief'
        (Invoke-KubeServiceAccountAudit -Namespace team-a).Namespace | Sort-Object -Unique | Should -Be 'team-a'
        (Invoke-KubeServiceAccountAudit -AllNamespaces).Count | Should -Be (Invoke-KubeServiceAccountAudit).Count
    }

    It 'says that an account that is named is not there' {
        Invoke-KubeServiceAccountAudit team-a/nobody -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ServiceAccountNotFound,*'
    }

    It 'says that there is no such rule' {
        Invoke-KubeServiceAccountAudit -Rule SA-NOPE -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }

    It 'judges a snapshot as it judges the cluster, and asks no server' {
        $file = Export-KubeAccessSnapshot TestDrive:/cluster.json.gz
        $live = Invoke-KubeServiceAccountAudit
        $then = Invoke-KubeServiceAccountAudit -Snapshot $file.FullName
        $then.Fingerprint | Should -Be $live.Fingerprint
        $then[0].ClusterServer | Should -Be $sandbox.Url
    }

    It 'tells once of what is the same in two clusters, with both' {
        $first = Export-KubeAccessSnapshot TestDrive:/one.json -Force
        (Get-Content $first.FullName -Raw).Replace($sandbox.Url, 'https://other') -replace '("name"\s*:\s*")sandbox-admin"', '$1other"' | Set-Content TestDrive:/two.json
        $both = Invoke-KubeServiceAccountAudit -Snapshot $first.FullName, (Join-Path $TestDrive two.json)
        ($both | Where-Object RuleId -EQ SA-TOKENREQUEST | Where-Object ServiceAccount -EQ thief) | Should -HaveCount 1
    }

    It 'says what the caller may not look at, whatever -Severity says' {
        $null = New-KubeServiceAccount viewer -Namespace team-a
        $null = Grant-KubeServiceAccountRole team-a/viewer -ClusterRole view -ClusterWide
        $viewer = New-KubeConnection -KubeConfig $sandbox.KubeConfig -As system:serviceaccount:team-a:viewer
        $found = Invoke-KubeServiceAccountAudit -Connection $viewer -Severity Critical
        ($found | Where-Object RuleId -EQ 'NOT-READ').Message -join "`n" | Should -Match '(?s)clusterrolebindings.*secrets|secrets.*clusterrolebindings'
        ($found | Where-Object RuleId -NE 'NOT-READ') | Should -BeNullOrEmpty
    }

    Context 'exceptions' {
        It 'leaves out what is accepted, and names one that has expired beside what it was for' {
            Set-Content TestDrive:/some.yaml "exceptions:`n- rule: SA-TOKENREQUEST`n  account: team-a/thief`n  reason: known`n  expires: 2999-01-01"
            Invoke-KubeServiceAccountAudit team-a/thief -Rule SA-TOKENREQUEST -Exception TestDrive:/some.yaml | Should -BeNullOrEmpty
            Set-Content TestDrive:/some.yaml "exceptions:`n- rule: SA-TOKENREQUEST`n  account: team-a/thief`n  reason: known`n  expires: 2001-01-01"
            $found = Invoke-KubeServiceAccountAudit team-a/thief -Rule SA-TOKENREQUEST -Exception TestDrive:/some.yaml
            $found.RuleId | Should -Be 'SA-TOKENREQUEST', 'EXCEPTION-EXPIRED'
            $found[1].Message | Should -Match 'known.*2001-01-01'
        }

        It 'refuses <_>' -ForEach @(
            'rules: []'
            "exceptions:`n- account: a/b`n  reason: x"
            "exceptions:`n- rule: SA-ADMIN"
            "exceptions:`n- rule: SA-ADMIN`n  reason: x`n  acount: a/b"
            "exceptions:`n- rule: SA-ADMIN`n  reason: x`n  expires: soon"
        ) {
            Set-Content TestDrive:/bad.yaml $_
            Invoke-KubeServiceAccountAudit -Exception TestDrive:/bad.yaml -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        }
    }

    It 'judges by a rule of one''s own' {
        $found = Invoke-KubeServiceAccountAudit team-a/thief -Rule SA-ADMIN -CustomRule @{ Id = 'TEAM-1'; Severity = 'High'; Find = { $_.Rules | Where-Object Resources -EQ serviceaccounts/token | ForEach-Object { "holds $($_.What)" } } }
        $found.RuleId, $found.Severity | Should -Be 'TEAM-1', 'High'
        $found.Message | Should -Match 'serviceaccounts/token'
    }

    It 'is shown as a table of severity, rule, account and message' {
        $text = Invoke-KubeServiceAccountAudit team-a/thief -Rule SA-TOKENREQUEST | Out-String -Width 120
        $text | Should -Match 'Severity\s+RuleId\s+Account\s+Message'
    }
}
