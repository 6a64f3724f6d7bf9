using k8s;
using k8s.Models;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Contract.Live;

/// <summary>
/// A cluster that the live contract runs on, with a namespace of its own that goes when the tests are done. Those who
/// derive from it say where its kubeconfig is.
/// </summary>
public abstract class LiveCluster : IAsyncLifetime
{
    private Kubernetes? _client;

    public string Namespace { get; } = "kubesa-contract-" + Guid.NewGuid().ToString("n")[..8];

    protected abstract string? KubeConfig { get; }

    internal Kubernetes Client => _client!;

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        _client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(KubeConfig));
        await Client.CoreV1.CreateNamespaceAsync(
            new V1Namespace { Metadata = new V1ObjectMeta { Name = Namespace } },
            cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.CoreV1.DeleteNamespaceAsync(Namespace, cancellationToken: CancellationToken.None);
            _client.Dispose();
        }

        await StopAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>An engine connected to the cluster, its namespace the default.</summary>
    internal HostedEngine Connect(string more = "")
    {
        var engine = new HostedEngine();
        engine.Run($"Connect-KubeCluster -KubeConfig '{KubeConfig}' -Namespace {Namespace} {more}").RequireNoErrors();
        return engine;
    }

    protected abstract Task StartAsync();

    protected abstract Task StopAsync();
}
