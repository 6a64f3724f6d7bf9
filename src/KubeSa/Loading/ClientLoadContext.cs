using System.Reflection;
using System.Runtime.Loader;
using KubeSa.Api;

namespace KubeSa.Loading;

/// <summary>
/// Keeps the client library and its dependencies to ourselves: another module may have another YamlDotNet loaded,
/// and both must live side by side.
/// </summary>
internal sealed class ClientLoadContext : AssemblyLoadContext
{
    private static readonly Lazy<IKubeGateway> LazyGateway = new(CreateGateway);
    private readonly string _folder;

    private ClientLoadContext(string folder)
        : base("KubeSa") => _folder = folder;

    /// <summary>The way to all that lies in module/bin/client, loaded at first use.</summary>
    internal static IKubeGateway Gateway => LazyGateway.Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // KubeSa itself and the framework are shared: null sends the question on to the default context.
        var path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private static IKubeGateway CreateGateway()
    {
        var folder = Path.Combine(Path.GetDirectoryName(typeof(ClientLoadContext).Assembly.Location)!, "client");
        var client = new ClientLoadContext(folder).LoadFromAssemblyName(new AssemblyName("KubeSa.Client"));
        return (IKubeGateway)Activator.CreateInstance(client.GetType("KubeSa.Client.KubeGateway", throwOnError: true)!)!;
    }
}
