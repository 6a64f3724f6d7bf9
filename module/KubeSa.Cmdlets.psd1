# The second half of KubeSa.psd1, nested in it: what needs KubeSa.dll, after KubeSa.Loader.dll has chosen which.
@{
  ModuleVersion      = '1.0'
  GUID               = 'c2a1be0e-2d0c-4b8c-8a5e-6f9d6c4d1b7a'
  NestedModules      = @('bin/KubeSa.dll')
  # Loaded before the types file, which names methods of it.
  RequiredAssemblies = @('bin/KubeSa.dll')
  TypesToProcess     = @('KubeSa.Types.ps1xml')
  FunctionsToExport  = @()
  CmdletsToExport    = @('*')
  VariablesToExport  = @()
  AliasesToExport    = @('*')
}
