using System.Management.Automation;
using KubeSa.Connections;

namespace KubeSa.Loading;

/// <summary>Called by PowerShell as it imports the module, long before the first cmdlet is bound.</summary>
public sealed class ModuleStart : IModuleAssemblyInitializer
{
    /// <summary>Begins with what the first call will most likely need, beside the rest of the import.</summary>
    public void OnImport() => PreparedConnection.Begin();
}
