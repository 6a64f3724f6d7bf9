using System.Net;
using k8s;
using KubeSa.Sandbox;
using Xunit;

namespace KubeSa.Contract.Live;

/// <summary>
/// The cluster that KUBESA_TEST_KUBECONFIG names, and the modern sandbox where it names none. The tests make and delete
/// things, so a server that is not on loopback is refused unless KUBESA_TEST_ALLOW_REMOTE is "true".
/// </summary>
public sealed class NamedCluster : LiveCluster
{
    private readonly string? _named = Environment.GetEnvironmentVariable("KUBESA_TEST_KUBECONFIG");
    private SandboxServer? _sandbox;

    protected override string? KubeConfig => string.IsNullOrEmpty(_named) ? _sandbox?.KubeConfigFile : _named;

    protected override async Task StartAsync()
    {
        if (string.IsNullOrEmpty(_named))
        {
            _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
            return;
        }

        var server = new Uri(KubernetesClientConfiguration.BuildConfigFromConfigFile(_named).Host);
        Assert.True(
            IsLoopback(server) || Environment.GetEnvironmentVariable("KUBESA_TEST_ALLOW_REMOTE") == "true",
            $"{server} is not on loopback. Set KUBESA_TEST_ALLOW_REMOTE to true to run the contract there all the same.");
    }

    protected override async Task StopAsync()
    {
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }

    private static bool IsLoopback(Uri server) =>
        server.IsLoopback || (IPAddress.TryParse(server.IdnHost, out var address) && IPAddress.IsLoopback(address));
}
