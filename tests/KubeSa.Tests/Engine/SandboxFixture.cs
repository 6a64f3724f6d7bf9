using KubeSa.Connections;
using Xunit;

namespace KubeSa.Tests.Engine;

/// <summary>A sandbox in a process of its own, for all tests of a class.</summary>
public class SandboxFixture : IAsyncLifetime
{
    private readonly string _scenario;
    private Sandbox? _sandbox;

    public SandboxFixture()
        : this("modern")
    {
    }

    protected SandboxFixture(string scenario) => _scenario = scenario;

    public Sandbox Server => _sandbox!;

    public async ValueTask InitializeAsync() =>
        _sandbox = await SandboxProcess.StartAsync(_scenario, 0, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        SandboxProcess.Stop(Server.ProcessId);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>An engine whose current connection is a context of the sandbox's kubeconfig.</summary>
    internal HostedEngine Connect(string context = "admin")
    {
        var engine = new HostedEngine();
        engine.Run($"Connect-KubeCluster -KubeConfig '{Server.KubeConfig}' -Context {context}").RequireNoErrors();
        return engine;
    }
}
