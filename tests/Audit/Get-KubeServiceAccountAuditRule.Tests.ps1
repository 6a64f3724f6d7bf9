BeforeAll { Import-Module (Join-Path $PSScriptRoot '..' 'TestSession.psm1') }

Describe 'Get-KubeServiceAccountAuditRule' {
    It 'lists the rules, each with what it looks for, why, a severity and a reference' {
        $rules = Get-KubeServiceAccountAuditRule
        $rules.Count | Should -BeGreaterThan 45
        foreach ($rule in $rules) {
            $rule.LooksFor, $rule.Why, $rule.Remedy, $rule.Reference | Should -Not -Contain ''
        }
        ($rules | Where-Object Id -EQ SA-ADMIN).Severity | Should -Be 'Critical'
    }

    It 'takes ids, wildcards and findings' {
        (Get-KubeServiceAccountAuditRule SA-BIND).Title | Should -Be 'An account may give itself any role'
        (Get-KubeServiceAccountAuditRule BIND-*).Id | Should -Contain 'BIND-DANGLING-ROLE'
        ([pscustomobject]@{ RuleId = 'SA-EXEC' } | Get-KubeServiceAccountAuditRule).Id | Should -Be 'SA-EXEC'
    }

    It 'says that there is no such rule' {
        Get-KubeServiceAccountAuditRule SA-NOPE -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }
}
