using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace KubeSa.Tests.Engine;

/// <summary>
/// Lets the tests use the very assemblies that Import-Module loads: KubeSa from module/bin, and the client and its
/// packages from the load context that KubeSa makes for them.
/// </summary>
internal static class ModuleAssemblies
{
    private static readonly Lazy<AssemblyLoadContext> Client = new(
        () => AssemblyLoadContext.GetLoadContext(Loading.ClientLoadContext.Gateway.GetType().Assembly)!);

    [ModuleInitializer]
    internal static void Register() => AssemblyLoadContext.Default.Resolving += Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        if (name.Name!.StartsWith("KubeSa.Loader.", StringComparison.Ordinal))
        {
            return context.LoadFromAssemblyPath(Path.Combine(Repository.ModuleBin, "KubeSa.Loader.dll"));
        }

        if (name.Name == "KubeSa")
        {
            StartAsImportDoes();
            return context.LoadFromAssemblyPath(Path.Combine(Repository.ModuleBin, "KubeSa.dll"));
        }

        return File.Exists(Path.Combine(Repository.ModuleBin, "client", name.Name + ".dll"))
            ? Client.Value.LoadFromAssemblyName(name)
            : null;
    }

    // The image compiled for this process, if there is one. Of its own: it must not be compiled before the loader can be found.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StartAsImportDoes() => new Loading.ModuleStart().OnImport();
}
