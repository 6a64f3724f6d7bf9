@{
  ModuleVersion          = '0.1.0'
  GUID                   = '5d2f2f0c-6f0e-4f6c-9d0b-0a4c7f7b1e52'
  Author                 = 'KubeSa contributors'
  CompanyName            = 'KubeSa contributors'
  Copyright              = '(c) KubeSa contributors. MIT licence.'
  Description            = 'See, make, decode, prove and repair Kubernetes service-account identities, from a workstation or from inside a pod.'
  PowerShellVersion      = '7.4'
  CompatiblePSEditions   = @('Core')
  # What ./build.ps1 -Task Package puts into out/help lies there for each release.
  HelpInfoURI            = 'https://github.com/kubesa/KubeSa/releases/latest/download/'

  # In this order: the loader takes the KubeSa.dll that is compiled for this machine, then come the cmdlets and types of it.
  NestedModules          = @('module/bin/KubeSa.Loader.dll', 'module/KubeSa.Cmdlets.psd1')
  FormatsToProcess       = @('module/KubeSa.Format.ps1xml')

  CmdletsToExport        = @(
    'Compare-KubeAccessSnapshot'
    'Connect-KubeCluster'
    'ConvertFrom-KubeAccessEvidence'
    'ConvertFrom-KubeServiceAccountToken'
    'ConvertFrom-SaTokenSecret'
    'ConvertTo-KubeYaml'
    'Disable-KubeSaTokenSecret'
    'Disconnect-KubeCluster'
    'Enable-KubeSaTokenSecret'
    'Export-KubeAccessSnapshot'
    'Export-KubeServiceAccountAuditReport'
    'Get-KubeServiceAccountAuditRule'
    'Invoke-KubeServiceAccountAudit'
    'Export-KubeServiceAccountKubeConfig'
    'Find-KubeAccess'
    'Find-KubeEscalationPath'
    'Get-KubeAccessRule'
    'Get-KubeAccessUse'
    'Get-KubeConnection'
    'Get-KubeContext'
    'Get-KubeIdentity'
    'Get-KubeNamespace'
    'Get-KubePodIdentity'
    'Get-KubeResource'
    'Get-KubeRole'
    'Get-KubeRoleBinding'
    'Get-KubeSaTokenSecret'
    'Get-KubeServiceAccount'
    'Get-KubeServiceAccountUsage'
    'Grant-KubeServiceAccountRole'
    'Invoke-KubeAccessPlan'
    'Invoke-KubeInClusterProbe'
    'Invoke-KubeRestMethod'
    'Invoke-KubeServiceAccountCommand'
    'Merge-KubeAccessUse'
    'New-KubeAccessPlan'
    'New-KubeConnection'
    'New-KubeResource'
    'New-KubeRole'
    'New-KubeSaTokenSecret'
    'New-KubeServiceAccount'
    'New-KubeServiceAccountToken'
    'Remove-KubeResource'
    'Remove-KubeSaTokenSecret'
    'Remove-KubeServiceAccount'
    'Revoke-KubeServiceAccountRole'
    'Set-KubeResource'
    'Set-KubeServiceAccount'
    'Set-KubeWorkloadServiceAccount'
    'Start-KubeSandbox'
    'Stop-KubeSandbox'
    'Test-KubeAccess'
    'Test-KubeInClusterAccess'
    'Test-KubeServiceAccountToken'
    'Wait-KubeResource'
    'Watch-KubeResource'
  )
  FunctionsToExport      = @()
  VariablesToExport      = @()
  AliasesToExport        = @('ConvertFrom-KubeSaTokenSecret')

  PrivateData            = @{
    PSData = @{
      Tags       = @('Kubernetes', 'ServiceAccount', 'RBAC', 'Token', 'JWT', 'DevOps', 'PSEdition_Core', 'Linux', 'MacOS', 'Windows')
      LicenseUri = 'https://opensource.org/license/mit'
      ProjectUri = 'https://github.com/kubesa/KubeSa'
      ReleaseNotes = 'https://github.com/kubesa/KubeSa/blob/main/CHANGELOG.md'
    }
  }
}
