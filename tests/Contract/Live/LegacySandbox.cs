using KubeSa.Sandbox;
using Xunit;

namespace KubeSa.Contract.Live;

/// <summary>The sandbox that is like Kubernetes 1.20.</summary>
public sealed class LegacySandbox : LiveCluster
{
    private SandboxServer? _server;

    protected override string? KubeConfig => _server?.KubeConfigFile;

    protected override async Task StartAsync() =>
        _server = await SandboxServer.StartAsync(new SandboxOptions { Scenario = "legacy" }, TestContext.Current.CancellationToken);

    protected override async Task StopAsync() => await _server!.DisposeAsync();
}
