using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace KubeSa.Loading;

/// <summary>
/// The first thing that an import runs: loads the KubeSa.dll that was compiled for this process, if there is one. The plain
/// one, which the manifest names, is then taken for it, for both are the same assembly to the runtime.
/// </summary>
public sealed class ModuleStart : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport()
    {
        var bin = Path.GetDirectoryName(typeof(ModuleStart).Assembly.Location)!;
        if (AssemblyLoadContext.Default.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == "KubeSa") is { } loaded)
        {
            RefuseAnother(bin, loaded);
        }
        else if (CompiledAhead.Find(bin, "KubeSa.dll") is { } image)
        {
            Assembly.LoadFrom(image);
        }
    }

    // After an update the session goes on with what it has loaded.
    private static void RefuseAnother(string bin, Assembly loaded)
    {
        if (!loaded.Location.StartsWith(bin + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                $"This session has loaded KubeSa {loaded.GetName().Version?.ToString(3)} from '{loaded.Location}', and .NET cannot load a second version beside it. Start a new session to use the one in '{bin}'.");
        }
    }
}
