using System.Reflection;
using System.Runtime.Loader;
using KubeSa.Api;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Row 25: the first call loads what it needs and no more.</summary>
public sealed class FirstCallTests
{
    [Fact]
    public async Task Row_25_reading_a_kubeconfig_does_not_load_the_client_library_nor_a_call_the_rest()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var file = cluster.Write("config", $$"""
            current-context: x
            contexts: [{name: x, context: {cluster: c, user: u} }]
            clusters: [{name: c, cluster: {server: "{{cluster.Server.Url}}", certificate-authority: ca.crt} }]
            users: [{name: u, user: {token: t} }]
            """);
        var context = new FreshContext();
        var client = context.LoadFromAssemblyName(new AssemblyName("KubeSa.Client"));
        var gateway = (IKubeGateway)Activator.CreateInstance(client.GetType("KubeSa.Client.KubeGateway", throwOnError: true)!)!;

        Assert.Single(gateway.ReadContexts(new ConnectionOptions { KubeConfig = file }, CancellationToken.None));
        Assert.Equal(["KubeSa.Client", "YamlDotNet"], Loaded(context));

        using var api = gateway.Prepare(new ConnectionOptions { KubeConfig = file });
        Assert.Empty(cluster.Server.Requests);
        Assert.Equal(0, cluster.Server.Connections);
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        Assert.Equal(["KubeSa.Client", "KubernetesClient", "YamlDotNet"], Loaded(context));

        await Assert.ThrowsAsync<KubeApiException>(() => api.GetIdentityAsync(null, cluster.Call));
        await Assert.ThrowsAsync<KubeApiException>(() => api.CreateTokenAsync(new TokenSpec("default", "x"), cluster.Call));
        Assert.Equal(["KubeSa.Client", "KubernetesClient", "YamlDotNet"], Loaded(context));
        Assert.Equal((3, 1), (cluster.Server.Requests.Count, cluster.Server.Connections));
    }

    private static string[] Loaded(AssemblyLoadContext context) =>
        context.Assemblies.Select(a => a.GetName().Name!).Order(StringComparer.Ordinal).ToArray();

    private sealed class FreshContext() : AssemblyLoadContext("cold start")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(Repository.ModuleBin, "client", assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
