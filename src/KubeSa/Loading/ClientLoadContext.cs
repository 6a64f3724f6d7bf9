using System.Reflection;
using System.Runtime.Loader;
using KubeSa.Api;

namespace KubeSa.Loading;

/// <summary>
/// Keeps the client library and its dependencies to ourselves: another module may have another YamlDotNet loaded,
/// and both must live side by side. Of each, the image that is compiled for this process, else the plain one.
/// </summary>
internal sealed class ClientLoadContext : AssemblyLoadContext
{
    private static readonly Lazy<IKubeGateway> LazyGateway = new(CreateGateway);

    private ClientLoadContext()
        : base("KubeSa")
    {
    }

    /// <summary>The way to all that lies in module/bin/client, loaded at first use.</summary>
    internal static IKubeGateway Gateway => LazyGateway.Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // KubeSa itself and the framework are shared: null sends the question on to the default context.
        var file = Path.Combine("client", assemblyName.Name + ".dll");
        var path = Path.Combine(ModuleFolder.Bin, file);
        return File.Exists(path) ? LoadFromAssemblyPath(CompiledAhead.Find(ModuleFolder.Bin, file) ?? path) : null;
    }

    private static IKubeGateway CreateGateway()
    {
        var client = new ClientLoadContext().LoadFromAssemblyName(new AssemblyName("KubeSa.Client"));
        return (IKubeGateway)Activator.CreateInstance(client.GetType("KubeSa.Client.KubeGateway", throwOnError: true)!)!;
    }
}
